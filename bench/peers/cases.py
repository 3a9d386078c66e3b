"""Where the repair of known photosites is tried: masks, the same for every program."""
import numpy as np
from quality import isolated_sites

CLUSTERS = {
    "isolated": None,    # the referee's choice
    "same-colour couplets": ((0, 0), (0, 2)),
    "adjacent couplets": ((0, 0), (0, 1)),
    "2 × 2": ((0, 0), (0, 1), (1, 0), (1, 1)),
    "columns": None,
}
MARGIN, PERIOD, JITTER, MOST, COLUMN_PERIOD = 12, 16, 4, 20000, 37


def masks(frame, seed=3):
    """-> case: mask. Groups at most 20,000 a frame, at least 10 photosites apart; whole columns alone, every 37th."""
    shape = frame.data.shape
    for case, offsets in CLUSTERS.items():
        mask = np.zeros(shape, bool)
        if case == "isolated":
            mask = isolated_sites(frame)
        elif case == "columns":
            mask[:, MARGIN:shape[1] - MARGIN:COLUMN_PERIOD] = True
        else:
            rng = np.random.default_rng(seed)
            y, x = np.mgrid[MARGIN:shape[0] - MARGIN:PERIOD, MARGIN:shape[1] - MARGIN:PERIOD]
            chosen = rng.permutation(y.size)[:MOST]
            y, x = (np.minimum(v.ravel()[chosen] + rng.integers(0, JITTER, len(chosen)), n - MARGIN) for v, n in ((y, shape[0]), (x, shape[1])))
            for dy, dx in offsets:
                mask[y + dy, x + dx] = True
        yield case, mask
