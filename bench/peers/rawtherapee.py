"""RawTherapee: its hot and dead pixel filters, and its list of a camera's bad pixels."""
import os
import tifffile
from files import MAKE, MODEL, write_dng, write_list
from peer import Decoder, Peer

# Nothing but the raw stage: the mosaic is shown as it is (method mono), no white balance, no colour conversion.
PROFILE = """[Version]
AppVersion=5.9
Version=349

[White Balance]
Enabled=false

[Color Management]
InputProfile=(none)
WorkingProfile=ProPhoto
OutputProfile=No ICM

[RAW]
CA=false
HotPixelFilter={on}
DeadPixelFilter={on}
HotDeadPixelThresh={threshold}

[RAW Bayer]
Method=mono
Border=0
"""


class RawTherapee(Peer):
    name = "RawTherapee"
    settings = {f"threshold {t}": t for t in (100, 50, 150, 200)}
    commands = ("rawtherapee-cli -o out.tif -t -b32 -Y -p profile.pp3 -c in.dng",
                "detection: HotPixelFilter and DeadPixelFilter both true, HotDeadPixelThresh from the table (its slider: 20 to 200, default 100)",
                f"repair: both filters false, `{MAKE} {MODEL}.badpixels` with lines `x y` in DarkFramesPath of the options file in RT_SETTINGS",
                "profile: " + " ".join(PROFILE.split()))

    notes = ("RawTherapee raises samples below the black level to it; this alone counts neither as a change nor as an error of reading.",)

    def __init__(self):
        super().__init__()
        self.list = os.path.join(self.folder, "lists", f"{MAKE} {MODEL}.badpixels")
        os.makedirs(os.path.dirname(self.list))
        os.makedirs(self.path("settings"))
        with open(self.path("settings/options"), "w") as out:
            out.write(f"[General]\nDarkFramesPath={os.path.dirname(self.list)}\n")

    def develop(self, frame, data, threshold=None):
        with open(self.path("profile.pp3"), "w") as out:
            out.write(PROFILE.format(on="false" if threshold is None else "true", threshold=threshold or 100))
        write_dng(self.path("in.dng"), frame, data)
        self.run("rawtherapee-cli", "-o", self.path("out.tif"), "-t", "-b32", "-Y", "-p", "profile.pp3", "-c", "in.dng",
                 env={"RT_SETTINGS": self.path("settings")})
        return tifffile.imread(self.path("out.tif"))[..., 1]

    def prepare(self, frame):
        self.decoder = Decoder(frame, lambda ramp: self.develop(frame, ramp))
        self.black_clip = self.decoder.black_clip

    def identity(self, frame):
        return self.decoder.codes(self.develop(frame, frame.data))

    def detect(self, frame, data, setting):
        return self.decoder.changed(self.develop(frame, data, setting), data)

    def repair(self, frame, data, mask, case):
        write_list(self.list, mask)
        try:
            return self.decoder.codes(self.develop(frame, data))
        finally:
            os.remove(self.list)
