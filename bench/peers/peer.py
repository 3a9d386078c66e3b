"""What every program of the comparison offers, and the proof that it hands samples through."""
import os, subprocess, tempfile, time
import numpy as np


class Peer:
    """One program. `settings`: label -> parameters, the first are its defaults; none where it has no detector."""
    name, commands, settings, notes = "", (), {}, ()
    black_clip = 0    # samples below this come out as this

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="peer-")
        self.seconds = 0.0    # spent in the program itself since the caller last set this to 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *command, stdout=None, env=None):
        for stale in [c for c in command if c == self.path("out.tif")]:
            if os.path.exists(stale):
                os.remove(stale)
        start = time.perf_counter()
        with open(stdout or os.devnull, "wb") as out:
            done = subprocess.run(command, cwd=self.folder, stdout=out, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}, check=False)
        self.seconds += time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{' '.join(command[:3])} … exited {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")

    def prepare(self, frame):
        """Called once before a frame is used."""

    def identity(self, frame):
        """The frame read and written with nothing switched on, in codes. What differs from the frame disqualifies the program on it."""
        raise NotImplementedError

    def reach(self, width):
        """The columns in which repair by list is scored: all, unless the program is known to leave the last ones alone."""
        return width

    def detect(self, frame, data, setting):
        """-> mask of photosites that the program calls defective."""
        raise NotImplementedError

    def repair(self, frame, data, mask, case):
        """-> samples after the program repaired the given photosites, or None where it takes no such list."""
        return None


class Decoder:
    """Output back to codes, for programs that only write developed pictures.

    A ramp that holds every code in every one of the four phases goes through the same command first. Where the picture is a function of code and phase
    alone, this inverts it; that it is one is then proven on the frame itself (`Peer.identity`).
    """

    def __init__(self, frame, develop):
        count, side = frame.white + 1, 128
        while side * side < count:
            side *= 2
        plane = (np.arange(side * side) * count // (side * side)).reshape(side, side)
        ramp = np.repeat(np.repeat(plane, 2, 0), 2, 1)
        picture = develop(ramp)
        self.black_clip, self.curves = 0, {}
        for py, px in np.ndindex(2, 2):
            values = picture[py::2, px::2].ravel()[np.unique(plane.ravel(), return_index=True)[1]].astype(float)
            assert (np.diff(values) >= 0).all(), "not monotone"
            self.curves[py, px] = values
            self.black_clip = max(self.black_clip, int(np.searchsorted(values, values[0], "right")) - 1)
        for values in self.curves.values():
            assert (np.diff(values[self.black_clip:]) > 0).all(), "codes above the black level are merged"

    def codes(self, picture):
        out = np.empty(picture.shape)
        for (py, px), values in self.curves.items():
            kept = values[self.black_clip:]
            out[py::2, px::2] = np.interp(picture[py::2, px::2], kept, np.arange(self.black_clip, len(values)))
        return out

    def changed(self, picture, data):
        """Photosites whose code is another one than went in (codes that the program merges at the bottom count as one)."""
        return np.rint(self.codes(picture)) != np.maximum(data, self.black_clip)
