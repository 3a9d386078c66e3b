"""Siril: automatic cosmetic correction of one CFA image, and correction by list."""
import numpy as np
from astropy.io import fits
from files import write_list
from peer import Peer


class Siril(Peer):
    name = "Siril"
    settings = {f"cold {s} hot {s}": s for s in (3, 4, 5, 7, 10)}
    commands = ("siril-cli -s script.ssf",
                "script: requires 1.0.0; set16bits; load in; find_cosme_cfa COLD HOT; save out",
                "repair: cosme_cfa list.lst instead, lines `P x y H` (y from the top, the FITS file from the bottom) or `C x 0 H`")
    notes = ("Siril's script command has no defaults for its two thresholds; 3 and 3 is what its dialog opens with. "
             "Its find_hot looks for defects in a dark frame and cannot be scored on scenes.",)

    def process(self, data, *lines):
        fits.writeto(self.path("in.fit"), data.astype(np.uint16), overwrite=True)
        with open(self.path("script.ssf"), "w") as out:
            out.write("\n".join(("requires 1.0.0", "set16bits", "load in", *lines, "save out", "")))
        self.run("siril-cli", "-s", "script.ssf")
        return fits.getdata(self.path("out.fit"))

    def identity(self, frame):
        return self.process(frame.data)

    def detect(self, frame, data, setting):
        return self.process(data, f"find_cosme_cfa {setting} {setting}") != data

    def repair(self, frame, data, mask, case):
        if case == "columns":
            with open(self.path("list.lst"), "w") as out:
                out.writelines(f"C {x} 0 H\n" for x in np.flatnonzero(mask.all(0)).tolist())
        else:
            write_list(self.path("list.lst"), mask[::-1], "P {x} {y} H")
        return self.process(data, "cosme_cfa list.lst")
