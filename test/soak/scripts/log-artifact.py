"""Logs a file of random bytes, of so many MB, as an artifact of a new run; prints as JSON what the client makes of it."""

import hashlib
import json
import os
import sys

import mlflow
from mlflow.artifacts import download_artifacts

with open("model.bin", "wb") as file:
    for _ in range(int(sys.argv[1])):
        file.write(os.urandom(1024 * 1024))

with mlflow.start_run() as run:
    mlflow.log_artifact("model.bin")


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


received = download_artifacts(run_id=run.info.run_id, artifact_path="model.bin", dst_path="received")
print(json.dumps({"same": sha256("model.bin") == sha256(received)}))
