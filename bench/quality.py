"""Detection and repair quality as Markdown tables: PixelMend's algorithms, the peers' formulas and the numpy sketch on the same frames in one run.

    /usr/bin/python3 bench/quality.py [--seeds 29,30,31] [--no-sketch]     (Debian: python3-numpy python3-scipy python3-tifffile)

The frames, the injected defects, the peers' formulas and the scores are the referee's (../shared/referee, or where PIXELMEND_REFEREE says); the
program is run from outside, as a user would. Frames come from ../shared/data; they are never part of this project.
"""
import argparse, glob, os, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
REFEREE = pathlib.Path(os.environ.get("PIXELMEND_REFEREE", ROOT.parent / "shared" / "referee"))
sys.path[:0] = [str(REFEREE), str(REFEREE.parent / "design")]
os.environ.setdefault("PIXELMEND", str(ROOT / "pixelmend"))
import numpy as np
from referee import (detect_darktable, detect_minmax, detect_rawtherapee, detection_score, inject, load_frame, predict_dng_sdk,
                     predict_rawtherapee, product_correct, product_detect, psnr, star_field)

KINDS = ("mixed", "fixpix", "clusters")
DENSITY = 1e-3


def load_frames():
    folder = os.environ.get("FRAMES")
    if not folder:
        folder = tempfile.mkdtemp(prefix="pixelmend-frames-")
        subprocess.run([sys.executable, str(REFEREE / "dev_frames.py"), folder], check=True, stdout=subprocess.DEVNULL)
    return [load_frame(p) for p in sorted(glob.glob(folder + "/*.json"))] + [star_field()]


def isolated_sites(frame, seed=3):
    """Up to 20,000 photosites well apart and away from borders: the referee's choice."""
    rng = np.random.default_rng(seed)
    h, w = frame.data.shape
    gy, gx = np.mgrid[12:h - 12:9, 12:w - 12:9]
    y, x = gy + rng.integers(0, 4, gy.shape), gx + rng.integers(0, 4, gx.shape)
    k = rng.permutation(y.size)[:20000]
    mask = np.zeros((h, w), bool)
    mask[y.ravel()[k], x.ravel()[k]] = True
    return mask


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def repair(frames, sketch):
    def ours(corrector):
        def values(frame, mask):
            broken = frame.data.copy()
            broken[mask] = frame.white
            fixed = product_correct(frame, broken, mask, ("--corrector", corrector))
            assert (fixed[~mask] == broken[~mask]).all(), f"{corrector} changed good samples of {frame.name}"
            return fixed[mask]
        return values

    methods = {
        "RawTherapee*": lambda f, m: predict_rawtherapee(f, f.data)[m],
        "DNG SDK*": lambda f, m: predict_dng_sdk(f, f.data)[m],
        **({"sketch": lambda f, m: sketch.predict(f.data, f.black, f.white)[m]} if sketch else {}),
        **{name: ours(name) for name in ("ring-mean", "ring-median", "window-mean", "model")},
    }
    rows, gains = [], []
    for frame in frames:
        mask = isolated_sites(frame)
        truth = frame.data[mask]
        score = {name: psnr(method(frame, mask), truth, frame) for name, method in methods.items()}
        gains.append({name: value - max(score["RawTherapee*"], score["DNG SDK*"]) for name, value in score.items()})
        rows.append([frame.name] + [f"{v:.1f}" for v in score.values()] + [f"{gains[-1]['model']:+.1f}"])
    rows.append(["**mean gain**"] + [f"{np.mean([g[name] for g in gains]):+.1f}" for name in methods] + [""])
    rows.append(["**least gain**"] + [f"{min(g[name] for g in gains):+.1f}" for name in methods] + [""])
    table(["PSNR dB", *methods, "model over the better peer"], rows)


def detection(frames, sketch, seeds):
    methods = {
        "RawTherapee*": lambda f, b: detect_rawtherapee(f, b),
        "darktable*": lambda f, b: detect_darktable(f, b),
        "Infinite-ISP*": lambda f, b: detect_minmax(f, b, 80 / 1023 * (f.white - f.black)),
        **({"sketch, z > 4": lambda f, b: sketch.detect(b, f.black, f.white) > 4} if sketch else {}),
        **{name: (lambda f, b, name=name: product_detect(f, b, ("--detector", name))) for name in ("ring-threshold", "model")},
    }
    rows, per_frame = [], []
    for name, method in methods.items():
        clean = [detection_score(method(f, f.data), np.zeros(f.data.shape, bool), f.natural)["fp_per_mpx"] for f in frames]
        means = {}
        detail = {f.name: [f"{fp:.1f}"] for f, fp in zip(frames, clean)}
        for kind in KINDS:
            scores = []
            for frame in frames:
                for seed in seeds if not name.startswith("sketch") else seeds[:1]:
                    broken, truth, ignore = inject(frame, DENSITY, kind, seed=seed)
                    scores.append(detection_score(method(frame, broken), truth, ignore))
                last = scores[-len(seeds if not name.startswith("sketch") else seeds[:1]):]
                detail[frame.name].append(f"{np.mean([s['recall'] for s in last]):.3f} / {np.mean([s['f1'] for s in last]):.3f}")
            means[kind] = np.mean([s["f1"] for s in scores])
        rows.append([name] + [f"{means[k]:.3f}" for k in KINDS] + [f"{np.median(clean):.1f}", f"{max(clean):.1f}"])
        if name == "model":
            per_frame = [[f, *v] for f, v in detail.items()]
    table(["F1, mean over frames", *KINDS, "clean frames: FP/Mpx, median", "worst"], rows)
    print("The default detector, frame by frame (recall / F1):\n")
    table(["frame", "clean FP/Mpx", *KINDS], per_frame)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seeds", default="29,30,31")
    arguments.add_argument("--no-sketch", action="store_true")
    given = arguments.parse_args()
    sketch = None if given.no_sketch else __import__("sketch")
    all_frames = load_frames()
    print("### Repair of isolated photosites\n")
    repair(all_frames, sketch)
    print(f"### Detection at density {DENSITY:g}, seeds {given.seeds}\n")
    detection(all_frames, sketch, [int(s) for s in given.seeds.split(",")])
