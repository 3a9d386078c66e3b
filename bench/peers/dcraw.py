"""dcraw and LibRaw: no detector; both repair the points of a .badpixels list."""
import numpy as np
from files import read_pnm, write_dng, write_list
from peer import Decoder, Peer


class Dcraw(Peer):
    name = "dcraw"
    commands = ("dcraw -D -4 -P list -c in.dng > out.pgm", "list: lines `column row 0`")
    notes = ("dcraw and LibRaw have no detector.",)

    def read(self, frame, data, *options):
        write_dng(self.path("in.dng"), frame, data)
        self.run("dcraw", "-D", "-4", *options, "-c", "in.dng", stdout=self.path("out.pgm"))
        return read_pnm(self.path("out.pgm"))

    def identity(self, frame):
        return self.read(frame, frame.data)

    def repair(self, frame, data, mask, case):
        write_list(self.path("list"), mask, "{x} {y} 0")
        return self.read(frame, data, "-P", "list")


class LibRaw(Peer):
    name = "LibRaw"
    commands = ("dcraw_emu -4 -disinterp -o 0 -r 1 1 1 1 -M -H 1 -k 0 -S WHITE -P list -Z out.ppm in.dng", "list: lines `column row 0`")

    def develop(self, frame, data, *options):
        write_dng(self.path("in.dng"), frame, data)
        self.run("dcraw_emu", *"-4 -disinterp -o 0 -r 1 1 1 1 -M -H 1 -k 0".split(), "-S", str(frame.white), *options, "-Z", "out.ppm", "in.dng")
        return read_pnm(self.path("out.ppm")).astype(int).sum(2)    # without interpolation, each photosite's own colour alone is not 0

    def prepare(self, frame):
        self.decoder = Decoder(frame, lambda ramp: self.develop(frame, ramp))
        self.black_clip = self.decoder.black_clip

    def identity(self, frame):
        return self.decoder.codes(self.develop(frame, frame.data))

    def repair(self, frame, data, mask, case):
        write_list(self.path("list"), mask, "{x} {y} 0")
        return self.decoder.codes(self.develop(frame, data, "-P", "list"))
