"""Asks MLflow's own code for the media types of file names: python media-types.py > ../data/media-types.json

Every case is `[name, type]`. The names are made of seeded pieces, and of all extensions that Python and MLflow know. Needs
mlflow 3.17.2 on Python 3.11, whose own table is what counts: what a machine has in /etc/mime.types is left out.
"""

import json
import mimetypes
import random

mimetypes.knownfiles = []
mimetypes.init()

from mlflow.utils.mime_type_utils import _guess_mime_type, get_text_extensions  # noqa: E402

TEXT = get_text_extensions()
PACKED = [*mimetypes.encodings_map, *mimetypes.suffix_map]
KNOWN = [extension.removeprefix(".") for extension in [*mimetypes.types_map, *PACKED]]
WORDS = "README Dockerfile LICENSE MLproject mlmodel MLPROJECT a .a ... a. \u00e9 \u65e5\u672c data x,y a;b a=b a%20b".split()
PIECES = [*WORDS, *TEXT, *KNOWN, *[extension.upper() for extension in KNOWN], ":", "data:", "http:", ",", ";", " ", "constructor"]

rng = random.Random(20261127)
names = dict.fromkeys([*WORDS, *TEXT, *(f"a.{extension}" for extension in [*TEXT, *KNOWN])])
while len(names) < 2000:
    name = rng.choice([".", ".", "", ":", ";"]).join(rng.choice(PIECES) for _ in range(rng.randint(2, 4)))
    if name not in (".", ".."):
        names[name] = None
print("[\n" + ",\n".join(json.dumps([name, _guess_mime_type(name)], ensure_ascii=False) for name in names) + "\n]")
