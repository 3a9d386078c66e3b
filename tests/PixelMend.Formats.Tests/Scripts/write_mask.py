"""Writes a mask with astropy: path, type (uint8, int16, int32 or uint32), width, height, then x,y,value of each marked photosite."""

import sys

import numpy as np
from astropy.io import fits

path, kind, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mask = np.zeros((height, width), dtype=kind)
for site in sys.argv[5:]:
    x, y, value = map(int, site.split(","))
    mask[y, x] = value
# 32 bits are data quality, as telescopes' archives keep it beside the picture; others a picture of their own.
if kind.endswith("32"):
    fits.HDUList([fits.PrimaryHDU(), fits.ImageHDU(mask, name="DQ")]).writeto(path)
else:
    fits.PrimaryHDU(mask).writeto(path)
