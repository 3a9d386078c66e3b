"""darktable: its hot pixels module, and rawspeed's repair of the points that a DNG's opcodes list."""
import struct
import tifffile
from files import fix_bad_pixels_list, write_dng
from peer import Decoder, Peer

CORE = ("--core", "--library", ":memory:", "--conf", "plugins/imageio/format/tiff/bpp=32", "--conf", "plugins/imageio/format/tiff/compress=0",
        "--disable-opencl")


def history(hot):
    """An edit that shows the mosaic as it is; `hot`: strength, threshold and "detect by three neighbours", or None for off."""
    strength, threshold, permissive = hot or (.25, .05, 0)
    modules = (
        ("highlights", 4, 0, struct.pack("<i5f2i2fif", 0, 1, 0, 0, 1, 0, 1, 6, .4, 2, 0, 0)),
        ("temperature", 3, 0, struct.pack("<4f", 1, 1, 1, 1)),
        ("hotpixels", 1, int(hot is not None), struct.pack("<2f2i", strength, threshold, 0, permissive)),
        ("demosaic", 4, 1, struct.pack("<If3If", 0, 0, 0, 3, 1, .2)),    # 3: passthrough (monochrome)
    )
    items = "".join(f'<rdf:li darktable:num="{i}" darktable:operation="{name}" darktable:enabled="{on}" darktable:modversion="{version}" '
                    f'darktable:params="{params.hex()}" darktable:multi_name="" darktable:multi_priority="0"/>'
                    for i, (name, version, on, params) in enumerate(modules))
    return ('<?xml version="1.0" encoding="UTF-8"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="" xmlns:darktable="http://darktable.sf.net/" darktable:xmp_version="5" darktable:raw_params="0" '
            f'darktable:auto_presets_applied="1" darktable:history_end="{len(modules)}" darktable:iop_order_version="2">'
            f'<darktable:history><rdf:Seq>{items}</rdf:Seq></darktable:history></rdf:Description></rdf:RDF></x:xmpmeta>')


class Darktable(Peer):
    name = "darktable"
    settings = {f"strength {s}{', 3 neighbours' if p else ''}": (s, .05, p) for s, p in ((.25, 0), (.5, 0), (1, 0), (1, 1))}
    commands = ("darktable-cli in.dng edit.xmp out.tif --icc-type LIN_REC2020 --apply-custom-presets 0 --configdir … --cachedir … " + " ".join(CORE),
                "edit: demosaic = passthrough (monochrome); highlight reconstruction and white balance off; hot pixels on with the table's strength and "
                "\"detect by 3 neighbors\", threshold 0.05 (defaults: 0.25, off, 0.05), or off",
                "repair: hot pixels off; the points in the DNG's OpcodeList1 (FixBadPixelsList), which its reader rawspeed repairs")
    notes = ("darktable looks for bright defects only.",
             "darktable's reader rawspeed leaves listed photosites of the last columns alone at some widths (1296: from 1280 on); its repair is scored up to the last multiple of 32.")

    def develop(self, frame, data, hot=None, opcodes=None):
        with open(self.path("edit.xmp"), "w") as out:
            out.write(history(hot))
        write_dng(self.path("in.dng"), frame, data, opcodes)
        self.run("darktable-cli", "in.dng", "edit.xmp", self.path("out.tif"), "--icc-type", "LIN_REC2020", "--apply-custom-presets", "0",
                 *CORE[:1], "--configdir", self.path("config"), "--cachedir", self.path("cache"), *CORE[1:])
        return tifffile.imread(self.path("out.tif"))[..., 1]

    def prepare(self, frame):
        self.decoder = Decoder(frame, lambda ramp: self.develop(frame, ramp))
        self.black_clip = self.decoder.black_clip

    def identity(self, frame):
        return self.decoder.codes(self.develop(frame, frame.data))

    def reach(self, width):
        return width // 32 * 32

    def detect(self, frame, data, setting):
        return self.decoder.changed(self.develop(frame, data, setting), data)

    def repair(self, frame, data, mask, case):
        return self.decoder.codes(self.develop(frame, data, opcodes=fix_bad_pixels_list(mask)))
