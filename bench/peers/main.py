"""The peers' own programs beside PixelMend on the same frames in one run, as Markdown on stdout; progress on stderr. bench/peers/run starts it.

Frames, defects and scores are the referee's, as in ../quality.py. Definitions stand in the text that is printed (HEAD).
"""
import argparse, importlib.metadata, pathlib, re, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from quality import DENSITY, load_frames, table
from cosmicrays import Astroscrappy, Ccdproc
from darktable import Darktable
from dcraw import Dcraw, LibRaw
from pixelmend import PROGRAM, PixelMend
from rawtherapee import RawTherapee
from siril import Siril
from measure import cut, measure
import mono, report

PROGRAMS = (PixelMend, RawTherapee, Darktable, Siril, Dcraw, LibRaw, Astroscrappy, Ccdproc)
HEAD = """# PixelMend beside its peers' own programs

Printed by `bench/peers/run`; the real programs as Debian 12 has them, not formulas.

Frames: {frames}. All but the synthetic *stars* come from `../shared/data`; of larger frames the
central {megapixels:g} megapixels are taken (`--megapixels`), so that the slow programs come to an end. PixelMend's constants were chosen while looking at these frames; no constant of a
peer was.

**Reading and writing.** Every program gets the same samples: a plain 16-bit DNG written by tifffile (FITS for Siril, arrays for the Python packages). dcraw,
LibRaw and Siril hand samples back. RawTherapee and darktable write developed pictures only: everything but the raw stage is switched off and the mosaic is
shown without demosaicing as 32-bit floats, so that each output value is a function of one sample. A ramp of all codes in all four phases gives that function
(LibRaw's scaled output is inverted by it too). Before a program is scored on a frame, the frame goes through it with nothing switched on and must come back
**sample for sample**; where it does not, the frame is left out for that program and named below.

**Detection.** Density {density:g}, seeds {seeds}. A photosite counts as found where the program's output differs from its input (PixelMend, astroscrappy and
ccdproc say what they found). *mixed*: equal parts of white level, near black, a constant, +6–35 % of the range and −40–100 % of the signal. *fixpix*: arXiv
2310.11637, δ = 0.7. *clusters*: same-colour couplets, adjacent couplets and 2 × 2 blocks. Sites that differ by less than 4 % of the range are not counted.
The first row of a program is its default; *best* is, of the settings in the grid, the one with the highest mean F1 over kinds and frames, chosen on these very
frames, which favours it. *Bright* is the recall of those mixed defects that are brighter than the scene: some programs look for no others.

**Repair.** The sites are known and set to the white level; PSNR in dB over them, of the range from black to white, mean over frames. Groups stand at least ten
photosites apart, at most 20,000 a frame; columns are whole, single ones, every 37th. Good photosites must come back unchanged.

**Time** is the program's whole process on the clean frames, reading and writing included (for the Python packages the call alone), relative to the same of
PixelMend's `detect` or `correct`; a side note, on a shared machine.
"""


def version(command, pattern=r"\d+(?:\.\d+)+"):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout + done.stderr)
    return found.group(0) if found else "?"


def versions():
    package = lambda name: subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=False).stdout or "?"
    rows = [["PixelMend", version([PROGRAM, "--version"]), ""]]
    for name, found, debian in (
        ("RawTherapee", version(["rawtherapee-cli", "-v"]), "rawtherapee"), ("darktable", version(["darktable-cli", "--version"]), "darktable"),
        ("Siril", version(["siril-cli", "--version"]), "siril"), ("dcraw", version(["dcraw"]), "dcraw"),
        ("LibRaw", package("libraw20").split("-")[0], "libraw20"),
        ("astroscrappy", importlib.metadata.version("astroscrappy"), "python3-astroscrappy"),
        ("ccdproc", importlib.metadata.version("ccdproc"), "python3-ccdproc"),
    ):
        rows.append([name, found, f"{debian} {package(debian)}"])
    table(["program", "version", "Debian package"], rows)


def commands(programs):
    print("### Command lines\n")
    for program in programs:
        print(f"{program.name}:\n")
        for line in program.commands:
            print(f"    {line}")
        print()


def render(results, kinds, frames, given):
    programs, names = [kind() for kind in kinds], [f.name for f in frames]
    described = ", ".join(f"*{f.name}* ({f.data.shape[1]} × {f.data.shape[0]}, {f.cfa}, {f.bits} bits)" for f in frames)
    print(HEAD.format(frames=described, density=DENSITY, seeds=given.seeds, megapixels=given.megapixels))
    versions()
    print("## Detection\n")
    report.detection(results, programs, names)
    print("## Repair of known photosites\n")
    report.repair(results, programs, names)
    report.footnotes(results, programs)
    print("## Real hot photosites in monochrome frames\n\nProven by the camera's other frames (`../shared/data`). Among the others flagged may be real defects, "
          "cosmic rays and stars: it is not known which.\n")
    mono.report()
    print("## Where another program is ahead of PixelMend's default\n\nEach program's setting, of the grid, that does best there, frame by frame.\n")
    report.losses(results, programs, names)
    print("## Frame by frame\n\nF1 at the default / at the setting of the grid that is best for this very frame and kind.\n")
    report.detection_by_frame(results, programs, names)
    report.repair_by_frame(results, programs, names)
    print("## All settings\n\nMean F1 over frames.\n")
    report.grid(results, programs, names)
    commands(programs)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seeds", default="29")
    arguments.add_argument("--frames", help="names, comma-separated; default all")
    arguments.add_argument("--programs", help="names, comma-separated, beside PixelMend; default all")
    arguments.add_argument("--megapixels", type=float, default=1, help="the most of a frame that is used, default 1")
    arguments.add_argument("--jobs", type=int, default=1, help="frames at a time")
    given = arguments.parse_args()
    chosen = [kind for kind in PROGRAMS if not given.programs or kind is PixelMend or kind.name in given.programs.split(",")]
    taken = [cut(f, given.megapixels) for f in load_frames() if not given.frames or f.name in given.frames.split(",")]
    render(measure(chosen, taken, [int(s) for s in given.seeds.split(",")], given.jobs), chosen, taken, given)
