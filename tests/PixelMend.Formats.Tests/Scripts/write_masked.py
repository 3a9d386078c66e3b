"""Writes a frame and its mask with astropy: path, coding of the tiles (none: plain), then x,y,value of each marked photosite; samples are 1000 + x + y."""

import sys

import numpy as np
from astropy.io import fits

path, coding = sys.argv[1], sys.argv[2]
rows, columns = np.indices((40, 30))
frame = (1000 + rows + columns).astype(np.uint16)
mask = np.zeros(frame.shape, np.int32)
for site in sys.argv[3:]:
    x, y, value = map(int, site.split(","))
    mask[y, x] = value
if coding == "none":
    units = [fits.PrimaryHDU(frame), fits.ImageHDU(mask, name="DQ")]
else:
    units = [fits.PrimaryHDU(), fits.CompImageHDU(frame, compression_type=coding), fits.CompImageHDU(mask, name="DQ", compression_type=coding)]
fits.HDUList(units).writeto(path, checksum=True)
