"""Prints, for every file named, the SHA-256 of its samples as an independent reader sees them:
16-bit codes or 32-bit floats, low byte first, raster order; then whether FITS checksums hold."""

import hashlib
import struct
import sys
import warnings
import zlib

import numpy as np
from astropy.io import fits

ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def read_fits(path):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with fits.open(path, checksum=True) as units:
            image = next(u for u in units if u.is_image and u.data is not None)
            samples = np.array(image.data)
    holds = not any("verification failed" in str(w.message) for w in said)
    return samples, holds


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def unfilter(kind, line, above, step):
    for i in range(len(line)):
        a = line[i - step] if i >= step else 0
        c = above[i - step] if i >= step else 0
        line[i] = (line[i] + (0, a, above[i], (a + above[i]) // 2, paeth(a, above[i], c))[kind]) & 255


def read_png(path):
    data = open(path, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + content)
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", content)
            assert color == 0 and depth in (8, 16)
        packed += content if kind == b"IDAT" else b""
        at += 12 + length
    raw, step, at = zlib.decompress(packed), depth // 8, 0
    samples = np.zeros((height, width), np.uint16)
    for left, top, dx, dy in ADAM7 if interlace else [(0, 0, 1, 1)]:
        w, h = (width - left + dx - 1) // dx, (height - top + dy - 1) // dy
        above = bytearray(w * step)
        for y in range(h if w > 0 else 0):
            line = bytearray(raw[at + 1 : at + 1 + w * step])
            unfilter(raw[at], line, above, step)
            samples[top + y * dy, left::dx] = np.frombuffer(bytes(line), ">u2" if step == 2 else "u1")
            above, at = line, at + 1 + w * step
    return samples, True


def fingerprint(samples):
    codes = samples.dtype in (np.uint8, np.uint16)
    stored = samples.astype("<u2" if codes else "<f4")
    if not codes:
        stored.view("<u4")[~np.isfinite(stored)] = 0xFFC00000
    return hashlib.sha256(stored.tobytes()).hexdigest()


for path in sys.argv[1:]:
    samples, holds = read_png(path) if path.endswith(".png") else read_fits(path)
    print(fingerprint(samples), "holds" if holds else "broken")
