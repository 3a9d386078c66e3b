"""The noise of a real frame, measured beside the program that is judged by it."""
import numpy as np

BLOCK = 12  # photosites of one colour, both ways
LEVELS = 12
QUIETEST = 0.02  # this quantile of the blocks of a level is taken for noise alone
LUCK = 0.79  # the same quantile over the true noise where all blocks hold noise alone: blocks are small, so that some look quieter than they are
ROUNDING = 1 / 12  # codes²
CLIPPED = 0.95  # of the range: a block that reaches it shows less noise than there is


# Frames that do not show their noise, in codes²: the GoPro's lossy compression has smoothed it away in quiet places, which vary by 15 codes where its
# NoiseProfile, and its detail, has 52; the chart is a rendering that has none but that of rounding.
KNOWN = {"hero6": (13.1, 2.56), "chart_openisp": (ROUNDING, 0)}


class Noise:
    """Poisson-Gaussian noise in codes; the offset is below zero where the file states its black level too low, the variance nowhere below the least."""

    def __init__(self, offset, slope, least=ROUNDING):
        self.offset, self.slope, self.least = offset, slope, least

    def sigma(self, signal):
        return np.sqrt(np.maximum(self.offset + self.slope * np.maximum(signal, 0), self.least))


def noise(name, samples, facts):
    """Noise of a frame: as it is known, else as it shows."""
    return Noise(*KNOWN[name]) if name in KNOWN else shown(samples, facts["black"], facts["white"])


def shown(samples, black, white):
    """Noise of a 2 x 2 mosaic.

    From the quietest blocks of one colour at each level, of what the second differences across and along leave, which no shading or even slope reaches. In a frame
    that is busy everywhere this is too much, in one of few quiet blocks up to a fifth; quantisation counts as noise.
    """
    levels, deviations = [], []
    for y in (0, 1):
        for x in (0, 1):
            colour = samples[y::2, x::2] - black
            bent = colour[:, :-2] - 2 * colour[:, 1:-1] + colour[:, 2:]
            bent = (bent[:-2] - 2 * bent[1:-1] + bent[2:]) / 6
            inner = blocks(colour[1:-1, 1:-1])
            whole = inner.max(1) < CLIPPED * (white - black)
            levels.append(inner.mean(1)[whole])
            deviations.append(np.sqrt((blocks(bent) ** 2).mean(1))[whole])
    levels, deviations = np.concatenate(levels), np.concatenate(deviations)
    bounds = np.quantile(levels, np.linspace(0, 1, LEVELS + 1))
    middles, variances = [], []
    for low, high in zip(bounds[:-1], bounds[1:]):
        inside = (levels >= low) & (levels <= high)
        middles.append(levels[inside].mean())
        variances.append(max((np.quantile(deviations[inside], QUIETEST) / LUCK) ** 2, ROUNDING))
    weight = 1 / np.array(variances)
    terms = np.vstack([np.ones(LEVELS), middles]).T * weight[:, None]
    (offset, slope), *_ = np.linalg.lstsq(terms, np.ones(LEVELS), rcond=None)
    return Noise(offset, slope, min(variances)) if slope > 0 else Noise(np.median(variances), 0)


def blocks(plane):
    high, wide = (n // BLOCK for n in plane.shape)
    cut = plane[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    return cut.transpose(0, 2, 1, 3).reshape(high * wide, BLOCK * BLOCK)
