"""Prints x and y of every row of a CSV map, as Python's csv module reads it once comments are dropped."""

import csv
import sys

with open(sys.argv[1], newline="") as lines:
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        print(row["x"], row["y"])
