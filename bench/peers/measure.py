"""Runs every program on every frame and keeps the scores."""
import functools, multiprocessing, sys
import numpy as np
from quality import DENSITY, KINDS
from referee import detection_score, inject, psnr
from cases import masks


class Results:
    """Scores by program, setting or case, and frame; `refused` names the frames that a program did not hand through."""

    def __init__(self):
        self.refused, self.clean, self.found, self.repaired = {}, {}, {}, {}
        self.detect_seconds, self.repair_seconds = {}, {}

    def add(self, other):
        for name, frames in other.refused.items():
            self.refused.setdefault(name, []).extend(frames)
        for mine, others in zip(list(vars(self).values())[1:], list(vars(other).values())[1:]):
            mine.update(others)


def cut(frame, megapixels):
    """The central part of a larger frame, the mosaic's phase kept."""
    height, width = frame.data.shape
    scale = min(1, (megapixels * 1e6 / (height * width)) ** .5)
    h, w = (int(n * scale) // 4 * 4 for n in (height, width))
    y, x = ((n - m) // 4 * 2 for n, m in ((height, h), (width, w)))
    frame.data, frame.natural = (np.ascontiguousarray(a[y:y + h, x:x + w]) for a in (frame.data, frame.natural))
    return frame


def measure(kinds, frames, seeds, jobs=1):
    """`kinds`: the classes of the programs; each frame is one job."""
    results = Results()
    with multiprocessing.Pool(jobs, maxtasksperchild=1) as pool:
        for part in pool.imap(functools.partial(measure_frame, kinds, seeds), sorted(frames, key=lambda f: -f.data.size), chunksize=1):
            results.add(part)
    return results


def measure_frame(kinds, seeds, frame):
    results = Results()
    broken = {kind: [inject(frame, DENSITY, kind, seed=s) for s in seeds] for kind in KINDS}
    known = dict(masks(frame))
    for program in (kind() for kind in kinds):
        print(frame.name, program.name, file=sys.stderr, flush=True)
        program.prepare(frame)
        differing = int((np.rint(program.identity(frame)) != np.maximum(frame.data, program.black_clip)).sum())
        if differing:
            results.refused[program.name] = [f"{frame.name} ({differing:,} of {frame.data.size:,} samples differ)"]
            continue
        for label, setting in program.settings.items():
            measure_detection(results, program, frame, label, setting, broken)
        for case, mask in known.items():
            measure_repair(results, program, frame, case, mask)
    return results


def measure_detection(results, program, frame, label, setting, broken):
    key = program.name, label, frame.name
    program.seconds = 0
    found = program.detect(frame, frame.data, setting)
    results.detect_seconds[key] = program.seconds
    results.clean[key] = detection_score(found, np.zeros(found.shape, bool), frame.natural)["fp_per_mpx"]
    for kind, inputs in broken.items():
        scores = []
        for data, truth, ignore in inputs:
            found = program.detect(frame, data, setting)
            bright = truth & (data > frame.data)
            scores.append({**detection_score(found, truth, ignore), "bright": (found & bright).sum() / max(1, bright.sum())})
        results.found[*key, kind] = {name: float(np.mean([s[name] for s in scores])) for name in scores[0]}


def measure_repair(results, program, frame, case, mask):
    data = frame.data.copy()
    data[mask] = frame.white
    program.seconds = 0
    fixed = program.repair(frame, data, mask, case)
    if fixed is None:
        return
    results.repair_seconds[program.name, frame.name, case] = program.seconds
    touched = int((np.rint(fixed)[~mask] != np.maximum(data, program.black_clip)[~mask]).sum())
    scored = mask & (np.arange(mask.shape[1]) < program.reach(mask.shape[1]))
    results.repaired[program.name, frame.name, case] = psnr(fixed[scored], frame.data[scored], frame), touched
