"""astroscrappy and ccdproc: finders of cosmic rays in monochrome images, given each of the four colour planes by itself."""
import time
import astroscrappy, ccdproc
import numpy as np
from peer import Peer


def noise(frame):
    """-> variance at black and its growth with the signal, of the clean frame: the quiet fifth of 16 x 16 blocks, in 16 bins of brightness.

    More than a user of the program would know, and in its favour.
    """
    means, sigmas = [], []
    for py, px in np.ndindex(2, 2):
        plane = frame.data[py::2, px::2].astype(float) - frame.black
        second = np.abs(plane[:, :-2] - 2 * plane[:, 1:-1] + plane[:, 2:])
        h, w = (n // 16 * 16 for n in second.shape)
        blocks = lambda a: a[:h, :w].reshape(h // 16, 16, w // 16, 16).swapaxes(1, 2).reshape(-1, 256)
        means.append(blocks(plane[:, 1:-1]).mean(1))
        sigmas.append(np.median(blocks(second), 1) * 1.4826 / 6 ** .5)
    means, sigmas = np.concatenate(means), np.concatenate(sigmas)
    bins = np.array_split(np.argsort(means), 16)
    x, y = np.array([means[b].mean() for b in bins]), np.array([np.quantile(sigmas[b], .2) ** 2 for b in bins])
    slope, floor = np.polyfit(x, y, 1, w=1 / (y + y.mean()))
    return max(floor, 1 / 12), max(slope, 1e-3)


class ByPlane(Peer):
    notes = ("astroscrappy and ccdproc look for bright defects only; they repair what they find and take no list.",)

    def prepare(self, frame):
        self.noise = noise(frame)

    def identity(self, frame):
        return frame.data    # arrays in, arrays out

    def detect(self, frame, data, setting):
        found = np.zeros(data.shape, bool)
        for py, px in np.ndindex(2, 2):
            plane = data[py::2, px::2].astype(np.float32) - frame.black
            start = time.perf_counter()
            found[py::2, px::2] = self.detect_plane(plane, setting)
            self.seconds += time.perf_counter() - start
        return found


class Astroscrappy(ByPlane):
    name = "astroscrappy"
    settings = {"defaults": None, "noise measured, sigclip 40, sigfrac 1, objlim 20": (40, 1, 20)}
    commands = ("astroscrappy.detect_cosmics(plane - black)[0] for each of the four planes",
                "noise measured: gain = 1 / slope, readnoise = gain × √floor of a straight line through the clean frame's noise, sigclip, sigfrac and objlim as "
                "in the table (defaults: gain 1, readnoise 6.5, sigclip 4.5, sigfrac 0.3, objlim 5; the second setting is the best that a search on three frames found)")

    def detect_plane(self, plane, setting):
        if setting is None:
            return astroscrappy.detect_cosmics(plane)[0]
        (floor, slope), (clip, fraction, limit) = self.noise, setting
        return astroscrappy.detect_cosmics(plane, gain=1 / slope, readnoise=floor ** .5 / slope, sigclip=clip, sigfrac=fraction, objlim=limit)[0]


class Ccdproc(ByPlane):
    name = "ccdproc median"
    settings = {"defaults": None, "noise measured, thresh 50, mbox 5": 50}
    commands = ("ccdproc.cosmicray_median(plane - black)[1] for each of the four planes (its cosmicray_lacosmic calls astroscrappy)",
                "thresh and mbox as in the table (defaults: 5 and 11); error_image: the plane's own deviation, or, noise measured, √(floor + slope × signal)")

    def detect_plane(self, plane, setting):
        if setting is None:
            return ccdproc.cosmicray_median(plane)[1]
        floor, slope = self.noise
        error = np.sqrt(floor + slope * np.maximum(plane, 0))
        return ccdproc.cosmicray_median(plane, error_image=error, thresh=setting, mbox=5)[1]
