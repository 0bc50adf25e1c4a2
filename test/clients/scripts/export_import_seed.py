"""What is exported: a run in a run, a model, and the same where clients keep the artifacts; prints nothing."""

import os
import sys
import tempfile

import mlflow
from mlflow import MlflowClient

client = MlflowClient()
name, folder = sys.argv[1:]
payload = bytes(range(256)) * 1024


def model_of(run, model):
    """Registers what a run logged, as clients of MLflow 2 do: the tool knows no models of MLflow 3."""
    client.create_registered_model(model, tags={"team": "vision"}, description="A model: größe & co")
    for description, stage in (("first", "Production"), ("second", "None")):
        source = f"{run.info.artifact_uri}/model"
        version = client.create_model_version(model, source, run.info.run_id, {"k": description}, description=description)
        if stage != "None":
            client.transition_model_version_stage(model, version.version, stage)


def log_run():
    with mlflow.start_run(run_name="outer", description="a note") as outer:
        mlflow.log_params({"alpha": "0.5", "é": "größe"})
        for step, loss in enumerate([0.9, float("nan"), 0.3]):
            mlflow.log_metric("loss", loss, step=step, timestamp=1700000000000 + step)
        mlflow.set_tag("phase", "one")
        mlflow.log_text("flavors: {}\nrun_id: none\n", "model/MLmodel")
        mlflow.log_text("x", "deep/er/größe & co.txt")
        path = os.path.join(tempfile.mkdtemp(), "weights.bin")
        with open(path, "wb") as file:
            file.write(payload)
        mlflow.log_artifact(path, "model")
        with mlflow.start_run(run_name="inner", nested=True):
            mlflow.log_metric("loss", 0.1, timestamp=1700000000009)
    return outer


mlflow.set_experiment(name)
model_of(log_run(), f"{name} model")

client.create_experiment(f"{name} shared", artifact_location=f"{folder}/source")
client.create_experiment(f"{name} shared imported", artifact_location=f"{folder}/target")
mlflow.set_experiment(f"{name} shared")
model_of(log_run(), f"{name} shared model")
