"""Asks MLflow's own code what it makes of artifact paths: python artifact-paths.py > ../data/artifact-paths.json

Every case is `[path, read]`: what `validate_path_is_safe` gives back, or null where it refuses or fails. The paths are made
of seeded pieces. Needs mlflow 3.17.2 on Python 3.11, whose `urllib.parse` is what counts.
"""

import json
import random

from mlflow.utils.uri import validate_path_is_safe

PIECES = (
    "a|b.txt|model|/|/|/|//|./|../|..|.| | |  a|é|?|?|#|;|;|=|&|:|http:|HTTP:|s3:|S3://|ftp:|svn+ssh:|tel:|x:|C:|file:|//host|http://℀/|"
    "%20|%2F|%252e|%3f|%23|%3B|%0a|%09|%01|%17|%7f|%25|%|%4|%c3%a9|%ff|\t|\n|\r|\x01|\x1f|\x7f|[|]|[x]|@|+|~|$|'|\"|😀|日本"
).split("|")


def read(path):
    try:
        return validate_path_is_safe(path)
    except Exception:
        return None


rng = random.Random(20261125)
paths = dict.fromkeys(PIECES)
while len(paths) < 1500:
    paths["".join(rng.choice(PIECES) for _ in range(rng.randint(1, 6)))] = None
print("[\n" + ",\n".join(json.dumps([path, read(path)], ensure_ascii=False) for path in paths) + "\n]")
