"""Writes python-floats.json: doubles by their bits (hex, big endian) and the repr that CPython prints of each.

python3 test/data/python-floats.py > test/data/python-floats.json
"""

import json
import math
import random
import struct

random.seed(20261123)
edges = [0.0, -0.0, 1.0, -1.0, 0.1, 1 / 3, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e-4, 9.999e-5]
edges += [9.9999999999999e-05, 1e-5, 1e15, 1e16, 1e17, 9999999999999998.0, 1e21, 1e22, 1e23, 123456789012345680.0]
edges += [2.0**53, 2.0**53 + 2, 2.0**63, 2.0**64, 1.5e300, math.pi, -math.e, 1e100, 4.35, 0.3, 2.5e-7, 1e-7, 100.0]
edges += [10.0**n for n in range(-30, 31)] + [float(n) for n in range(-3, 20)]
bits = [random.getrandbits(64) for _ in range(600)]
doubles = edges + [struct.unpack(">d", struct.pack(">Q", b))[0] for b in bits]
doubles += [round(random.uniform(-1000, 1000), random.randint(0, 9)) for _ in range(300)]
rows = [[struct.pack(">d", d).hex(), repr(d)] for d in doubles if math.isfinite(d)]
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
