"""Artifacts up and down in every way that the client has; prints what it found as JSON."""

import json
import os
import sys
import tempfile

import mlflow
from mlflow.artifacts import download_artifacts, list_artifacts

mlflow.set_experiment(sys.argv[1])
source = tempfile.mkdtemp()
payload = bytes(range(256)) * 4096  # 1 MB of every byte


def write(name, content):
    path = os.path.join(source, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    return path


with mlflow.start_run() as run:
    mlflow.log_artifact(write("weights.bin", payload))
    mlflow.log_artifact(write("a b+c%d größe.txt", "ünï".encode()), artifact_path="odd names")
    mlflow.log_artifact(write("page.html", b"<b>hi</b>"))
    mlflow.log_artifact(write("feed.xml", b'<a b="c"/>'))
    write("tree/one.txt", b"1")
    write("tree/deep/two.txt", b"22")
    mlflow.log_artifacts(os.path.join(source, "tree"), artifact_path="tree")
    mlflow.log_dict({"value": [1, 2.5, None]}, "config.json")
    mlflow.log_text("some text", "notes/readme.md")

run_id = run.info.run_id
target = download_artifacts(run_id=run_id, dst_path=tempfile.mkdtemp())


def read(name):
    with open(os.path.join(target, name), "rb") as file:
        return file.read()


try:
    download_artifacts(run_id=run_id, artifact_path="none.txt")
    missing = "found"
except Exception as error:
    missing = type(error).__name__

print(
    json.dumps({
        "listed": [[entry.path, entry.is_dir, entry.file_size] for entry in list_artifacts(run_id=run_id)],
        "folder": [[entry.path, entry.is_dir] for entry in mlflow.MlflowClient().list_artifacts(run_id, "tree")],
        "weights": read("weights.bin") == payload,
        "odd": read("odd names/a b+c%d größe.txt").decode(),
        "page": read("page.html").decode(),
        "feed": read("feed.xml").decode(),
        "two": read("tree/deep/two.txt").decode(),
        "config": json.loads(read("config.json")),
        "notes": read("notes/readme.md").decode(),
        "loaded": mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/config.json"),
        "missing": missing,
    })
)
