"""Writes a mask with astropy: path, type (uint8, int16, int32 or uint32; with :CODING in tiles), width, height, then x,y,value of each marked photosite."""

import sys

import numpy as np
from astropy.io import fits

path, kind, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
kind, _, coding = kind.partition(":")
mask = np.zeros((height, width), dtype=kind)
for site in sys.argv[5:]:
    x, y, value = map(int, site.split(","))
    mask[y, x] = value if kind != "uint8" else value & 255
# 32 bits are data quality, as telescopes' archives keep it beside the picture; others a picture of their own.
if coding:
    units = [fits.PrimaryHDU(), fits.CompImageHDU(mask, name="DQ", compression_type=coding)]
elif kind.endswith("32"):
    units = [fits.PrimaryHDU(), fits.ImageHDU(mask, name="DQ")]
else:
    units = [fits.PrimaryHDU(mask)]
# A name that ends in .gz is packed by astropy itself.
fits.HDUList(units).writeto(path, overwrite=True)
