"""Prints x, y and value of every marked photosite of masks, as astropy (FITS) and tifffile (TIFF) read them; a file's extension tells which."""

import sys

import numpy as np


def mask_of(path):
    if ".fits" in path:
        from astropy.io import fits

        with fits.open(path) as units:
            return np.array(units["DQ"].data)
    import tifffile

    return tifffile.imread(path)


mask = mask_of(sys.argv[1])
for y, x in np.argwhere(mask != 0):
    print(x, y, mask[y, x])
