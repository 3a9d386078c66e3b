"""Lines in real frames: columns and rows made brighter or darker by a part of the noise, and looked for.

usage: FRAMES=DIR /usr/bin/python3 bench/lines.py [--program ./pixelmend] [--offsets 0,1,1.5,2] [--seeds 1,2]
FRAMES holds frames as ../shared/referee/dev_frames.py writes them: NAME.raw and NAME.json. Needs numpy.
"""
import argparse, glob, json, os, subprocess, tempfile
import numpy as np
from noise import noise

LINES = 8  # per frame, columns and rows by turns, half of them bright
BORDER = 20


def planted(name, frame, facts, offset, seed, samples):
    """Writes the frame with its lines; returns them as (is a column, where)."""
    random = np.random.default_rng(seed)
    seen = noise(name, frame, facts)
    lines, shown = set(), frame.copy()
    for i in range(LINES if offset else 0):
        column = i % 2 == 0
        at = int(random.integers(BORDER, (facts["width"] if column else facts["height"]) - BORDER))
        where = (slice(None), at) if column else at
        sigma = seen.sigma(shown[where].mean() - facts["black"])
        wanted = shown[where] + (1 if i % 4 < 2 else -1) * offset * sigma
        shown[where] = np.clip(np.floor(wanted + random.random(wanted.size)), 0, facts["white"])
        lines.add((column, at))
    shown.astype("<u2" if facts["depth"] > 8 else "u1").tofile(samples)
    return lines


def found(program, facts, folder):
    geometry = f"width={facts['width']},height={facts['height']},depth={facts['depth']},cfa={facts['cfa']},black={facts['black']},white={facts['white']}"
    out = f"{folder}/map.json"
    subprocess.run([program, "detect", f"{folder}/frame.raw", "--raw", geometry, "--out", out, "--force", "--quiet"], check=True)
    with open(out) as text:
        regions = json.load(text).get("regions", [])
    return {(r["width"] == 1, r["x"] if r["width"] == 1 else r["y"]) for r in regions}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default="./pixelmend")
    arguments.add_argument("--offsets", default="0,1,1.5,2")
    arguments.add_argument("--seeds", default="1,2")
    given = arguments.parse_args()
    offsets = [float(o) for o in given.offsets.split(",")]
    print("| frame | noise at its mean, codes |", " | ".join(f"{o:g} σ: found, wrongly" for o in offsets), "|")
    print("| --- | --- |", " | ".join("---" for _ in offsets), "|")
    for path in sorted(glob.glob(os.environ["FRAMES"] + "/*.json")):
        facts, name = json.load(open(path)), os.path.basename(path)[:-5]
        frame = np.fromfile(path[:-4] + "raw", "<u2" if facts["depth"] > 8 else "u1").reshape(facts["height"], facts["width"]).astype(float)
        seen = noise(name, frame, facts)
        cells = [f"{seen.sigma(frame.mean() - facts['black']):.1f}"]
        for offset in offsets:
            hit = planned = false = 0
            for seed in map(int, given.seeds.split(",")):
                with tempfile.TemporaryDirectory() as folder:
                    lines = planted(name, frame, facts, offset, seed, f"{folder}/frame.raw")
                    seen = found(given.program, facts, folder)
                    hit, planned, false = hit + len(seen & lines), planned + len(lines), false + len(seen - lines)
            cells.append(f"{hit} of {planned}, {false}" if planned else f"{false}")
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
