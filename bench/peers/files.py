"""The files that peers read: a plain DNG (tifffile's, so that no program's own writer is favoured), FITS, and lists of defects."""
import struct
import numpy as np
import tifffile

MAKE, MODEL = "PEER", "BENCH"    # RawTherapee finds a camera's list of defects by these
LINEAR_SRGB = (3.2406, -1.5372, -.4986, -.9689, 1.8758, .0415, .0557, -.2040, 1.0570)
ASCII, BYTE, SHORT, LONG, RATIONAL, UNDEFINED, SRATIONAL = 2, 1, 3, 4, 5, 7, 10


def write_dng(path, frame, data, opcodes=None):
    """16 bits a sample, uncompressed, one strip; black and white as the frame says; white balance 1, 1, 1."""
    matrix = sum(((round(v * 10000), 10000) for v in LINEAR_SRGB), ())
    tags = [
        (271, ASCII, 0, MAKE, True), (272, ASCII, 0, MODEL, True), (50708, ASCII, 0, f"{MAKE} {MODEL}", True),
        (33421, SHORT, 2, (2, 2), True), (33422, BYTE, 4, bytes("RGB".index(c) for c in frame.cfa), True), (50710, BYTE, 3, bytes(range(3)), True),
        (50706, BYTE, 4, bytes((1, 4, 0, 0)), True), (50707, BYTE, 4, bytes((1, 1, 0, 0)), True),
        (50714, LONG, 1, frame.black, True), (50717, LONG, 1, frame.white, True),
        (50721, SRATIONAL, 9, matrix, True), (50728, RATIONAL, 3, (1, 1) * 3, True), (50778, SHORT, 1, 21, True),
    ]
    if opcodes is not None:
        tags.append((51008, UNDEFINED, len(opcodes), opcodes, True))
    tifffile.imwrite(path, data.astype(np.uint16), photometric=32803, extratags=tags, rowsperstrip=len(data), metadata=None, software="bench")


def fix_bad_pixels_list(mask):
    """OpcodeList1 with one FixBadPixelsList (DNG 1.4, chapter 7): big-endian, points as row and column."""
    rows, columns = np.nonzero(mask)
    body = struct.pack(">III", 0, len(rows), 0) + np.stack([rows, columns], 1).astype(">i4").tobytes()
    return struct.pack(">5I", 1, 5, 0x01030000, 0, len(body)) + body


def write_list(path, mask, line="{x} {y}", head=""):
    rows, columns = np.nonzero(mask)
    with open(path, "w") as out:
        out.write(head)
        out.writelines(line.format(x=x, y=y) + "\n" for y, x in zip(rows.tolist(), columns.tolist()))


def read_pnm(path):
    with open(path, "rb") as f:
        kind, size, depth = f.readline(), f.readline().split(), f.readline()
        width, height = int(size[0]), int(size[1])
        samples = np.frombuffer(f.read(), ">u2" if int(depth) > 255 else np.uint8)
    return samples.reshape(height, width) if kind.strip() == b"P5" else samples.reshape(height, width, 3)
