"""Asks MLflow's own code which names a pattern allows: python host-patterns.py > ../data/host-patterns.json

Every case is `[pattern, name, allowed]`: what `is_allowed_host_header` says of a list with that one pattern. The patterns are
made of seeded pieces. Needs mlflow 3.17.2.
"""

import json
import random

from mlflow.server.security_utils import is_allowed_host_header

PIECES = "a|b|.|-|:80|*|*|?|[ab]|[!ab]|[a-c]|[!a-c]|[c-a]|[]]|[!]]|[-a]|[a-]|[a-c-e]|[^a]|[[]|[|]|!|\\|A|example.org|*.|[a|^|&".split("|")
LETTERS = "abcde.-:8[]!\\A^&"
KNOWN = [
    ("*", "anything"),
    ("*.example.org", "a.example.org"),
    ("*.example.org", "a.b.example.org"),
    ("*.example.org", "example.org"),
    ("*.example.org", "a.example.org:80"),
    ("*.example.org:*", "a.example.org:80"),
    ("[[]::1]:*", "[::1]:80"),
    ("[::1]:*", "[::1]:80"),
    ("[::1]", "[::1]"),
    ("localhost", "LOCALHOST"),
    ("h?st", "host"),
    ("h?st*", "host"),
    ("", "a"),
    ("a", ""),
    ("*", ""),
]


def name_like(pattern: str) -> str:
    made = "".join(random.choice(LETTERS) if c in "*?[]!" and random.random() < 0.7 else c for c in pattern)
    return made if random.random() < 0.8 else made + random.choice(LETTERS)


random.seed(20261127)
cases = list(KNOWN)
while len(cases) < 900:
    pattern = "".join(random.choice(PIECES) for _ in range(random.randint(1, 4)))
    cases.append((pattern, name_like(pattern)))
    cases.append((pattern, "".join(random.choice(LETTERS) for _ in range(random.randint(0, 5)))))
rows = [[pattern, name, is_allowed_host_header([pattern], name)] for pattern, name in dict.fromkeys(cases)]
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
