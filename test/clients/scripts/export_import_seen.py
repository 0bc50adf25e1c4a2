"""What experiments and registered models hold, as JSON: `-e <experiment>...  -m <model>...`."""

import argparse
import hashlib
import json
import os
import tempfile

from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts

parser = argparse.ArgumentParser()
parser.add_argument("-e", nargs="*", default=[])
parser.add_argument("-m", nargs="*", default=[])
arguments = parser.parse_args()
client = MlflowClient()


def files_of(run_id):
    """The hash of every artifact, but of what the tool writes anew: `run_id` in a file called MLmodel."""
    top = download_artifacts(run_id=run_id, dst_path=tempfile.mkdtemp())
    found = {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                content = file.read()
            if name == "MLmodel":
                content = content.replace(run_id.encode(), b"none")
            found[os.path.relpath(path, top)] = hashlib.sha256(content).hexdigest()
    return found


def run_seen(run, names):
    # The parent is another run, and the user is whom the tool takes for the importer.
    own = ("mlflow.parentRunId", "mlflow.rootRunId", "mlflow.user")
    tags = {key: value for key, value in run.data.tags.items() if key not in own}
    return {
        "status": run.info.status,
        "params": run.data.params,
        "metrics": {
            key: [[one.step, one.timestamp, str(one.value)] for one in client.get_metric_history(run.info.run_id, key)]
            for key in run.data.metrics
        },
        "tags": tags,
        "parent": names.get(run.data.tags.get("mlflow.parentRunId")),
        "files": files_of(run.info.run_id) if client.list_artifacts(run.info.run_id) else {},
    }


def experiment_seen(name):
    runs = client.search_runs([client.get_experiment_by_name(name).experiment_id])
    names = {run.info.run_id: run.info.run_name for run in runs}
    return {run.info.run_name: run_seen(run, names) for run in runs}


def model_seen(name):
    model = client.get_registered_model(name)
    versions = {
        version.version: [
            version.description,
            version.tags,
            version.current_stage,
            client.get_run(version.run_id).info.run_name,
            version.source.rpartition("/")[2],
        ]
        for version in client.search_model_versions(f"name='{name}'")
    }
    return {"tags": model.tags, "description": model.description, "versions": versions}


print(
    json.dumps({
        "experiments": {name: experiment_seen(name) for name in arguments.e},
        "models": {name: model_seen(name) for name in arguments.m},
    })
)
