"""Real monochrome frames whose hot photosites are proven: the astronomers' programs on the images that they are made for, at their defaults."""
import csv, shutil
import astroscrappy, ccdproc
import numpy as np
from astropy.io import fits
from pixelmend import PixelMend
from quality import REFEREE, table
from siril import Siril

DATA = REFEREE.parent / "data"
SETS = (("StarGate, 10 frames", "astro_stargate/*.fit", "astro_stargate/stargate_persistent.csv"),
        ("Huntsman, 1 frame", "astro_huntsman/science_0*.fits", "astro_huntsman/huntsman_science_dark.csv"))


def pixelmend(path, image, *options):
    program = PixelMend()
    shutil.copy(path, program.path("in.fits"))
    return program.found(image.shape, "in.fits", *options)


def siril(path, image):
    return Siril().process(image, "find_cosme 3 3") != image


METHODS = {
    "PixelMend": pixelmend,
    "PixelMend, sensitivity high": lambda path, image: pixelmend(path, image, "--sensitivity", "high"),
    "Siril, find_cosme 3 3": siril,
    "astroscrappy": lambda path, image: astroscrappy.detect_cosmics(image.astype(np.float32))[0],
    "ccdproc median": lambda path, image: ccdproc.cosmicray_median(image.astype(float))[1],
}


def truth(path, shape):
    mask = np.zeros(shape, bool)
    with open(path) as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            mask[int(row["row"]), int(row["col"])] = True
    return mask


def report():
    rows = []
    for name, pattern, known in SETS:
        for method, detect in METHODS.items():
            found, flagged, size, proven = [], [], 0, 0
            for path in sorted(DATA.glob(pattern)):
                image = fits.getdata(path)
                mask = truth(DATA / known, image.shape)
                mended = detect(path, image)
                found.append((mended & mask).sum())
                flagged.append((mended & ~mask).sum())
                size, proven = image.size, int(mask.sum())
            if found:
                rows.append([name, method, f"{np.mean(found):.0f} of {proven}", f"{np.mean(flagged):.0f}", f"{np.mean(flagged) / size * 1e6:.0f}"])
    table(["frames", "program, at its defaults", "proven hot photosites found, mean per frame", "others flagged", "per Mpx"], rows)
