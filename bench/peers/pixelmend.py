"""PixelMend, from outside, on the same DNGs."""
import csv, os
import numpy as np
import tifffile
from files import write_dng, write_list
from peer import Peer

PROGRAM = os.environ["PIXELMEND"]


class PixelMend(Peer):
    name = "PixelMend"
    settings = {f"sensitivity {s}": s for s in ("normal", "low", "high")}
    commands = ("pixelmend detect in.dng --sensitivity … --out found.csv --force", "pixelmend correct in.dng --no-dynamic --map list.csv --out out.dng --force")

    def identity(self, frame):
        return self.correct(frame, frame.data, "--no-dynamic")

    def correct(self, frame, data, *options):
        write_dng(self.path("in.dng"), frame, data)
        self.run(PROGRAM, "correct", "in.dng", "--out", "out.dng", "--force", *options)
        return tifffile.imread(self.path("out.dng"))

    def detect(self, frame, data, setting):
        write_dng(self.path("in.dng"), frame, data)
        return self.found(data.shape, "in.dng", "--sensitivity", setting)

    def found(self, shape, name, *options):
        self.run(PROGRAM, "detect", name, "--out", "found.csv", "--force", *options)
        found = np.zeros(shape, bool)
        with open(self.path("found.csv")) as lines:
            for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                found[int(row["y"]), int(row["x"])] = True
        return found

    def repair(self, frame, data, mask, case):
        write_list(self.path("list.csv"), mask, "{x},{y}", "x,y\n")
        return self.correct(frame, data, "--no-dynamic", "--map", "list.csv")
