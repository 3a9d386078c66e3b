"""The scores as Markdown tables."""
import numpy as np
from quality import KINDS, table
from cases import CLUSTERS

NONE = "–"


def mean(values):
    values = list(values)
    return float(np.mean(values)) if values else float("nan")


def scored(results, program, names):
    """The frames on which a detector was scored: those that the program hands through."""
    return [f for f in names if (program.name, next(iter(program.settings)), f) in results.clean]


def f1(results, program, label, frames):
    return mean(results.found[program.name, label, f, kind]["f1"] for f in frames for kind in KINDS)


def detection(results, programs, names):
    rows = []
    ours = programs[0]
    for program in (p for p in programs if p.settings):
        taken = scored(results, program, names)
        if not taken:
            rows.append([program.name, "not sample-exact on any frame"] + [NONE] * 8)
            continue
        default = next(iter(program.settings))
        best = max(program.settings, key=lambda label: f1(results, program, label, taken))
        for label, word in ((default, "default"),) + (((best, "best"),) if best != default else ()):
            score = lambda kind, name: mean(results.found[program.name, label, f, kind][name] for f in taken)
            clean = [results.clean[program.name, label, f] for f in taken]
            seconds = lambda p, s: sum(results.detect_seconds[p.name, s, f] for f in taken)
            rows.append([program.name, f"{word}: {label}" if label != "defaults" else "default", *(f"{score(k, 'f1'):.3f} ({score(k, 'recall'):.3f})" for k in KINDS),
                         f"{score('mixed', 'bright'):.3f}", f"{score('mixed', 'fp_per_mpx'):.1f}", f"{np.median(clean):.1f}", f"{max(clean):.1f}",
                         f"{seconds(program, label) / seconds(ours, next(iter(ours.settings))):.1f}"])
    table(["program", "setting", *(f"{k}: F1 (recall)" for k in KINDS), "bright recall", "mixed: FP/Mpx", "clean FP/Mpx, median", "worst", "time"], rows)


def grid(results, programs, names):
    rows = []
    for program in (p for p in programs if p.settings):
        taken = scored(results, program, names)
        for label in program.settings if taken else ():
            clean = [results.clean[program.name, label, f] for f in taken]
            rows.append([program.name, label, *(f"{mean(results.found[program.name, label, f, k]['f1'] for f in taken):.3f}" for k in KINDS),
                         f"{np.median(clean):.1f}", f"{max(clean):.1f}"])
    table(["program", "setting", *KINDS, "clean FP/Mpx, median", "worst"], rows)


def repair(results, programs, names):
    def cell(program, case):
        values = [results.repaired.get((program.name, f, case)) for f in names]
        values = [v for v in values if v]
        return f"{mean(v[0] for v in values):.1f}" if values else NONE

    listed = [p for p in programs if any(k[0] == p.name for k in results.repaired)]
    rows = []
    for program in listed:
        seconds = lambda p: sum(v for (name, f, case), v in results.repair_seconds.items() if name == p.name and case == "isolated" and f in names)
        rows.append([program.name, *(cell(program, case) for case in CLUSTERS), f"{seconds(program) / seconds(programs[0]):.1f}"])
    gains = {case: [results.repaired[programs[0].name, f, case][0] - max(results.repaired[p.name, f, case][0] for p in listed[1:] if (p.name, f, case) in results.repaired)
                    for f in names if any((p.name, f, case) in results.repaired for p in listed[1:])] for case in CLUSTERS}
    rows.append(["**mean gain over the best of the others, frame by frame**", *(f"{mean(gains[c]):+.1f}" for c in CLUSTERS), ""])
    rows.append(["**least gain**", *(f"{min(gains[c]):+.1f}" for c in CLUSTERS), ""])
    table(["PSNR dB", *CLUSTERS, "time"], rows)


def repair_by_frame(results, programs, names):
    listed = [p for p in programs if any(k[0] == p.name for k in results.repaired)]
    rows = [[f, case, *(f"{results.repaired[p.name, f, case][0]:.1f}" if (p.name, f, case) in results.repaired else NONE for p in listed)]
            for f in names for case in CLUSTERS]
    table(["frame", "case", *(p.name for p in listed)], rows)


def losses(results, programs, names):
    """Every frame and case where another program, at whichever of its settings, is ahead of PixelMend's default."""
    ours, default, rows = programs[0].name, next(iter(programs[0].settings)), []
    for frame in names:
        for program in programs[1:]:
            labels = [label for label in program.settings if (program.name, label, frame) in results.clean]
            for kind in KINDS if labels else ():
                mine, (value, label) = results.found[ours, default, frame, kind]["f1"], max((results.found[program.name, s, frame, kind]["f1"], s) for s in labels)
                if value > mine:
                    rows.append([frame, f"{kind}: F1", f"{mine:.3f}", f"{value:.3f}", f"{program.name}, {label}"])
            if labels:
                recall = {s: mean(results.found[program.name, s, frame, kind]["recall"] for kind in KINDS) for s in labels}
                label = min(labels, key=lambda s: (results.clean[program.name, s, frame], -recall[s]))
                mine, value = results.clean[ours, default, frame], results.clean[program.name, label, frame]
                if value < mine:
                    rows.append([frame, "clean: FP/Mpx", f"{mine:.1f}", f"{value:.1f}", f"{program.name}, {label}, with a mean recall of {recall[label]:.2f}"])
            for case in CLUSTERS:
                mine, value = (results.repaired.get((name, frame, case), (float("-inf"), 0))[0] for name in (ours, program.name))
                if value > mine:
                    rows.append([frame, f"repair, {case}: dB", f"{mine:.2f}", f"{value:.2f}", program.name])
    if rows:
        table(["frame", "what", "PixelMend", "other", "which"], rows)
    else:
        print("Nowhere.\n")


def detection_by_frame(results, programs, names):
    detectors = [p for p in programs if p.settings]
    rows = []
    for f in names:
        for kind in KINDS:
            cells = []
            for p in detectors:
                values = [results.found[p.name, label, f, kind]["f1"] for label in p.settings if (p.name, label, f, kind) in results.found]
                cells.append(f"{values[0]:.3f} / {max(values):.3f}" if values else NONE)
            rows.append([f, kind, *cells])
    table(["F1", "kind", *(p.name for p in detectors)], rows)


def footnotes(results, programs):
    for name, frames in results.refused.items():
        print(f"- {name} does not hand these frames through sample for sample and is not scored on them: {', '.join(frames)}.")
    touched = {}
    for (name, frame, case), (_, count) in results.repaired.items():
        if count:
            touched.setdefault(name, []).append(f"{frame}, {case}: {count:,}")
    for name, where in touched.items():
        print(f"- {name} also changed photosites that were not listed ({'; '.join(where)}).")
    for note in dict.fromkeys(n for p in programs for n in p.notes):
        print(f"- {note}")
    print(f"- {NONE}: the program takes no such case.\n")
