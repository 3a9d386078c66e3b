"""Real star fields with proven hot photosites, before and after repair, as astropy reads them: what goes, what else changes, and whether stars keep their light.

usage: DATA=../shared/data /usr/bin/python3 bench/stars.py [--program ./pixelmend]
Needs numpy, scipy and astropy.
"""
import argparse, csv, os, subprocess, tempfile
from pathlib import Path
import numpy as np
from astropy.io import fits
from scipy import ndimage

SETS = (("astro_stargate/*.fit", "astro_stargate/stargate_persistent.csv"), ("astro_huntsman/science_0.fits", "astro_huntsman/huntsman_science_dark.csv"))
STATIC = 1.5  # noises: what is off in the median of ten frames by more is the sensor's, which stars, as they move, are not
COLD = 3  # noises: heat that nobody sees
REACH = 12
distance = np.hypot(*np.mgrid[-REACH : REACH + 1, -REACH : REACH + 1])
APERTURE, RING = distance <= 5, (distance >= 8) & (distance <= REACH)


def spread(values):
    return 1.4826 * np.median(np.abs(values - np.median(values)))


def around(image, reach):
    """What stands around every photosite, itself left out, as layers."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, reach, mode="reflect"), (2 * reach + 1,) * 2)
    return np.delete(windows.reshape(*image.shape, -1), 2 * reach * (reach + 1), axis=2)


def heat(image):
    return image - np.median(around(image, 2), axis=2)


def outliers(image):
    """The rule of the lists: 8 noises off the median of the eight around, and beyond all of them."""
    ring = around(image, 1)
    off = image - np.median(ring, axis=2)
    return ((off > 8 * spread(off)) & (image > ring.max(axis=2))) | ((off < -8 * spread(off)) & (image < ring.min(axis=2)))


def flux(image, star, bad):
    """Sum of an aperture less the median of the ring around it, without bad photosites; and its own noise."""
    window = tuple(slice(at - REACH, at + REACH + 1) for at in star)
    aperture, ring = APERTURE & ~bad[window], RING & ~bad[window]
    background = image[window][ring]
    return (image[window][aperture] - np.median(background)).sum(), spread(background) * np.sqrt(aperture.sum())


def stars(image, bad):
    """Peaks of at least five times their noise, the hundred brightest first."""
    smooth = ndimage.median_filter(image, 3)
    peaks = np.argwhere(ndimage.maximum_filter(smooth, 13) == smooth)
    inside = [tuple(p) for p in peaks if all(REACH < at < size - REACH - 1 for at, size in zip(p, image.shape))]
    bright = [(f, star) for star in inside for f, noise in [flux(image, star, bad)] if f > 5 * noise]
    return [star for _, star in sorted(bright, reverse=True)[:100]]


def moves_with(star, others):
    """Whether at least half of the other frames show it too, somewhat shifted: tracks of cosmic rays are in one frame alone."""
    near = [any(np.hypot(star[0] - y, star[1] - x) < 9 for y, x in frame) for frame in others]
    return not others or 2 * sum(near) >= len(others)


def repaired(program, files, *options):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "correct", *files, "--out", f"{folder}/", "--quiet", *options], check=True)
        return [fits.getdata(f"{folder}/{f.stem}.mended{f.suffix}").astype(float) for f in files]


def report(program, files, listed, *options):
    before = [fits.getdata(f).astype(float) for f in files]
    after = repaired(program, files, *options)
    heats = [heat(image) for image in before]
    noise = spread(heats[0])
    static = (np.abs(np.median(heats, axis=0)) > STATIC * noise) & (len(files) > 1)
    # A column's offset is far below the noise of one photosite, and as static.
    lines = np.median([np.median(b, axis=0) for b in before], axis=0)
    lines -= ndimage.median_filter(lines, 11)
    column = (np.abs(lines) > 10 * spread(lines)) & (len(files) > 1)
    static |= column
    listed = tuple(np.transpose(listed))
    static[listed] = True
    odds = [outliers(image) for image in before]
    found = [stars(image, static | odd) for image, odd in zip(before, odds)]
    left = [heat(image)[listed] for image in after]
    for i, (old, new, odd) in enumerate(zip(before, after, odds)):
        changed = old != new
        others = found[:i] + found[i + 1 :]
        real = [star for star in found[i] if moves_with(star, others)]
        change = [abs(flux(new, star, static | odd)[0] / flux(old, star, static | odd)[0] - 1) for star in real]
        cold = (np.abs(left[i]) < COLD * noise).sum()
        print(
            f"| {files[i].name.split('.')[0][-12:]} | {' '.join(options) or 'alone'} | {cold} of {len(left[i])} | {odd.sum()} | {changed.sum()} | "
            f"{changed[:, column].sum()} | {changed.sum() / odd.sum():.1f} | {max(change):.2%} of {len(real)} |"
        )
    cold = (np.abs(np.median(left, axis=0)) < COLD * noise).sum()
    print(f"| all | {' '.join(options) or 'alone'} | {cold} of {len(left[0])} | | | | | |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--program", default=Path(__file__).parent.parent / "pixelmend")
    program = arguments.parse_args().program
    data = Path(os.environ["DATA"])
    print("| frame | repaired | listed without heat | outliers | samples changed | of them in static columns | per outlier | worst change of a star's light |")
    print("|---|---|---|---|---|---|---|---|")
    for pattern, known in SETS:
        with open(data / known) as lines:
            listed = [(int(row["row"]), int(row["col"])) for row in csv.DictReader(line for line in lines if line[0] != "#")]
        files = sorted(data.glob(pattern))
        report(program, files, listed)
        if len(files) > 1:
            report(program, files, listed, "--sequence")


main()
