"""Static defects in sequences: five crops of one large frame stand for five frames whose scene moves, with the same defects planted in all of them.

usage: FRAMES=DIR /usr/bin/python3 bench/sequences.py [--program ./pixelmend] [--frames 5] [--seeds 1,2]
FRAMES holds frames as ../shared/referee/dev_frames.py writes them: NAME.raw and NAME.json. Needs numpy.
"""
import argparse, glob, json, os, subprocess, tempfile
import numpy as np
from noise import noise

DEFECTS = 300  # per sequence, 8 to 20 σ, four in five bright
LEAST = 8.0  # σ in the frame that shows it least: what is counted


def planted(name, frame, facts, count, seed, folder, kind):
    """Writes the crops; returns their files, the geometry, all sites and those that count."""
    random = np.random.default_rng(seed)
    height, width = min(900, facts["height"] * 3 // 8), min(1200, facts["width"] * 3 // 8)
    seen = noise(name, frame, facts)
    flat = random.choice((height - 16) * (width - 16), DEFECTS, replace=False)
    y, x = 8 + flat // (width - 16), 8 + flat % (width - 16)
    strength = random.uniform(8, 20, DEFECTS) * np.where(random.random(DEFECTS) < 0.8, 1, -1)
    weakest, files = np.full(DEFECTS, np.inf), []
    for i in range(count):
        top, left = (2 * random.integers(0, (n - m) // 2) for n, m in ((facts["height"], height), (facts["width"], width)))
        crop = frame[top : top + height, left : left + width].copy()
        sigma = seen.sigma(crop[y, x] - facts["black"])
        bad = np.clip(np.round(crop[y, x] + strength * sigma), 0, facts["white"])
        weakest = np.minimum(weakest, np.abs(bad - crop[y, x]) / sigma)
        crop[y, x] = bad
        files.append(f"{folder}/{i}.raw")
        crop.astype(kind).tofile(files[-1])
    geometry = f"width={width},height={height},depth={facts['depth']},cfa={facts['cfa']},black={facts['black']},white={facts['white']}"
    sites = set(zip(x.tolist(), y.tolist()))
    return files, geometry, sites, {s for s, w in zip(zip(x.tolist(), y.tolist()), weakest) if w >= LEAST}, width * height / 1e6


def found(program, verb, files, geometry, folder):
    out = f"{folder}/map.csv"
    subprocess.run([program, *verb, *files, "--raw", geometry, "--out", out, "--force", "--quiet"], check=True)
    with open(out) as lines:
        return {tuple(map(int, line.split(",")[:2])) for line in lines if line[0] not in "#x"}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default="./pixelmend")
    arguments.add_argument("--frames", type=int, default=5)
    arguments.add_argument("--seeds", default="1,2")
    given = arguments.parse_args()
    verbs = (["detect", "--sequence"], ["learn"])
    print("| frame | seed | beyond 8 σ |", " | ".join(f"`{' '.join(v)}`: found, wrongly per megapixel" for v in verbs), "|")
    print("| --- | --- | --- |", " | ".join("---" for _ in verbs), "|")
    sums = {tuple(v): np.zeros(4) for v in verbs}
    for path in sorted(glob.glob(os.environ["FRAMES"] + "/*.json")):
        facts = json.load(open(path))
        if facts["width"] * facts["height"] < 3e6:
            continue  # too small for crops that hardly overlap
        name = os.path.basename(path)[:-5]
        kind = "<u2" if facts["depth"] > 8 else "u1"
        frame = np.fromfile(path[:-4] + "raw", kind).reshape(facts["height"], facts["width"]).astype(float)
        for seed in map(int, given.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                files, geometry, sites, counted, megapixels = planted(name, frame, facts, given.frames, seed, folder, kind)
                cells = []
                for verb in verbs:
                    seen = found(given.program, verb, files, geometry, folder)
                    sums[tuple(verb)] += (len(seen & counted), len(counted), len(seen - sites), megapixels)
                    cells.append(f"{len(seen & counted)}, {len(seen - sites) / megapixels:.1f}")
                print(f"| {name} | {seed} | {len(counted)} |", " | ".join(cells), "|", flush=True)
    total = [f"{hit / all:.3f}, {false / area:.2f}" for hit, all, false, area in sums.values()]
    print("| **all** | | |", " | ".join(total), "|")


if __name__ == "__main__":
    main()
