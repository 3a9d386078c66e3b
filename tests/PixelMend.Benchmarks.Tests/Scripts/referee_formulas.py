"""Runs the referee's formulas on a frame of floats and writes what they say of every photosite.

referee_formulas.py REFEREE_FOLDER FRAME.f4 WIDTH HEIGHT CFA BLACK WHITE OUT_FOLDER
"""
import pathlib
import sys

try:
    import scipy.ndimage  # noqa: F401
except ImportError:
    print("scipy is missing")
    sys.exit()

import numpy as np

sys.path.insert(0, sys.argv[1])
import referee

path, width, height, cfa, black, white, out = sys.argv[2:]
data = np.fromfile(path, "<f4").reshape(int(height), int(width)).astype(float)
frame = referee.Frame("witness", data, cfa, 12, float(black), float(white))
answers = {
    "RawTherapee": (referee.detect_rawtherapee(frame, data), referee.predict_rawtherapee(frame, data)),
    "darktable": (referee.detect_darktable(frame, data), None),
    "Infinite-ISP": (referee.detect_minmax(frame, data, 80 / 1023 * (frame.white - frame.black)), None),
    "DNG SDK": (None, referee.predict_dng_sdk(frame, data)),
}
for name, (found, predicted) in answers.items():
    if found is not None:
        found.astype(np.uint8).tofile(pathlib.Path(out) / f"{name}.found")
    if predicted is not None:
        predicted.astype("<f8").tofile(pathlib.Path(out) / f"{name}.predicted")
print("done")
