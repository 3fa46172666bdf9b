#!/usr/bin/env python3
"""Compares two files of rollups, one JSON object a line: the same units, windows and indicators, the same content of each.

usage: compare.py ACTUAL EXPECTED NAME; prints `ok NAME (n rollups)` or `FAIL NAME` and, on standard error, the first differences.
"""
import json
import sys


def load(path):
    rollups = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            rollup = json.loads(line)
            rollups[(rollup.pop("unit"), rollup.pop("window"), rollup.pop("indicator"))] = rollup
    return rollups


actual, expected, name = load(sys.argv[1]), load(sys.argv[2]), sys.argv[3]
different = [key for key in sorted(set(actual) | set(expected)) if actual.get(key) != expected.get(key)]
for key in different[:10]:
    print(key, "is", actual.get(key), "instead of", expected.get(key), file=sys.stderr)
print("FAIL" if different or not expected else "ok", f"{name}: {len(expected)} rollups, {len(different)} different")
