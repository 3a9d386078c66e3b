"""The noise of a real frame, measured beside the program that is judged by it."""
import numpy as np

BLOCK = 12  # photosites of one colour, both ways
LEVELS = 12
QUIETEST = 0.02  # this quantile of the blocks of a level is taken for noise alone
CLIPPED = 0.95  # of the range: a block that reaches it shows less noise than there is


# Frames that do not show their noise, in codes²: the GoPro's lossy compression has smoothed it away in quiet places, which vary by 15 codes where its
# NoiseProfile, and its detail, has 52; the chart is a rendering that has none but that of rounding.
KNOWN = {"hero6": (13.1, 2.56), "chart_openisp": (1 / 12, 0)}


def noise(name, samples, facts):
    """Noise of a frame in codes²: offset and slope over the signal; as it is known, else as it shows."""
    return KNOWN.get(name) or shown(samples, facts["black"], facts["white"])


def shown(samples, black, white):
    """Poisson-Gaussian noise of a 2 x 2 mosaic in codes²: offset and slope over the signal.

    From the quietest blocks of one colour at each level, of what the second differences across and along leave, which no shading or even slope reaches. In a frame
    that is busy everywhere this is still too much, in none is it far too little; quantisation counts as noise.
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
        variances.append(max(np.quantile(deviations[inside], QUIETEST) ** 2, 1 / 12))
    weight = 1 / np.array(variances)
    terms = np.vstack([np.ones(LEVELS), middles]).T * weight[:, None]
    (offset, slope), *_ = np.linalg.lstsq(terms, np.ones(LEVELS), rcond=None)
    if slope < 0:
        offset, slope = np.median(variances), 0
    return max(offset, 1 / 12), slope


def blocks(plane):
    high, wide = (n // BLOCK for n in plane.shape)
    cut = plane[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    return cut.transpose(0, 2, 1, 3).reshape(high * wide, BLOCK * BLOCK)
