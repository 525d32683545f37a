"""COUNT DIMENSION TIMES MOST: the same search by numpy, on made-up directions; prints the line that Loop reads."""

import json
import resource
import sys
import time

import numpy

count, dimension, times, most = map(int, sys.argv[1:])
random = numpy.random.default_rng(1)
rows = random.standard_normal((count, dimension), dtype=numpy.float32)
rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
milliseconds, processor = [], []
for _ in range(times):
    query = random.standard_normal(dimension, dtype=numpy.float32)
    start, used = time.perf_counter(), time.process_time()
    scores = rows @ query
    best = numpy.argpartition(-scores, most)[:most]
    best = best[numpy.argsort(-scores[best])]
    milliseconds.append((time.perf_counter() - start) * 1000)
    processor.append((time.process_time() - used) * 1000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"milliseconds": milliseconds, "processorMilliseconds": processor, "peakKiB": peak}))
