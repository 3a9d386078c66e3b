"""Prints what differs between the images of two files as astropy reads them: name or number of the image, x, y, old and new; then how many tables hold images."""

import sys
import warnings

import numpy as np
from astropy.io import fits

warnings.simplefilter("error")  # a checksum that does not hold is a warning
with fits.open(sys.argv[1]) as before, fits.open(sys.argv[2], checksum=True) as after:
    images = [(old, new) for old, new in zip(before, after) if old.data is not None]
    for number, (old, new) in enumerate(images):
        for y, x in np.argwhere(old.data != new.data):
            print(number, x, y, old.data[y, x], new.data[y, x])
    print(sum(isinstance(new, fits.CompImageHDU) for _, new in images), "in tiles")
