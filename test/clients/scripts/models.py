"""A day with models: logged, found, measured, loaded again, their datasets; prints what it found as JSON."""

import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression

client = MlflowClient()
experiment = mlflow.set_experiment(sys.argv[1])
x = pd.DataFrame({"length": np.arange(20.0), "width": np.arange(20.0)[::-1]})
y = (x["length"] > 9).astype(int)
train = mlflow.data.from_pandas(x.assign(label=y), source="train.csv", name="flowers", targets="label")
held_out = mlflow.data.from_pandas(x.head(5).assign(label=y.head(5)), source="eval.csv", name="held out")

with mlflow.start_run(run_name="training") as run:
    mlflow.log_input(train, context="training")
    fitted = LogisticRegression(C=0.5).fit(x, y)
    logged = mlflow.sklearn.log_model(
        fitted,
        name="classifier",
        params={"C": 0.5},
        tags={"stage": "trial"},
        signature=infer_signature(x, fitted.predict(x)),
        input_example=x.head(2),
    )
    mlflow.log_metric("accuracy", 0.9, model_id=logged.model_id, dataset=train)
    mlflow.log_metric("accuracy", 0.5, step=1, model_id=logged.model_id, dataset=held_out)
    mlflow.log_metrics({"loss": 0.25}, model_id=logged.model_id)
    mlflow.log_figure(plt.figure(), "plots/empty.png")
    mlflow.log_dict({"a": [1, None]}, "dict.json")
    mlflow.log_table({"question": ["a", "b"], "answer": [1, 2]}, "table.json")
    mlflow.log_image(np.zeros((2, 3, 3), dtype=np.uint8), "images/black.png")
    mlflow.log_image(np.zeros((2, 2, 3), dtype=np.uint8), key="steps", step=3)
    with mlflow.start_run(run_name="nested", nested=True):
        second = mlflow.sklearn.log_model(LogisticRegression(C=2.0).fit(x, y), name="classifier", model_type="other")
        mlflow.log_metric("accuracy", 0.75, model_id=second.model_id, dataset=train)

mlflow.sklearn.autolog(silent=True)
with mlflow.start_run(run_name="autologged") as auto:
    LogisticRegression(max_iter=50).fit(x, y)
mlflow.sklearn.autolog(disable=True)

model = mlflow.get_logged_model(logged.model_id)
client.set_logged_model_tags(logged.model_id, {"stage": "champion", "note": "é"})
client.delete_logged_model_tag(logged.model_id, "note")
external = mlflow.create_external_model(name="external", params={"p": "1"})
draft = client.create_logged_model(experiment.experiment_id, name="draft")
client.finalize_logged_model(draft.model_id, "FAILED")
client.delete_logged_model(draft.model_id)
try:
    client.get_logged_model(draft.model_id)
    gone = "there"
except MlflowException as error:
    gone = error.error_code

by_accuracy = {"field_name": "metrics.accuracy", "ascending": False, "dataset_name": "flowers"}
found = mlflow.search_logged_models(
    [experiment.experiment_id],
    filter_string="name = 'classifier' AND metrics.accuracy > 0.6",
    order_by=[by_accuracy],
    output_format="list",
)
pages, token = [], None
while True:
    page = client.search_logged_models(
        [experiment.experiment_id], max_results=1, order_by=[{"field_name": "name"}], page_token=token
    )
    pages += [one.name for one in page]
    token = page.token
    if not token:
        break

registered = f"{sys.argv[1]} registered"
version = mlflow.register_model(logged.model_uri, registered)
client.set_registered_model_alias(registered, "champion", version.version)

stored, auto_run = client.get_run(run.info.run_id), client.get_run(auto.info.run_id)
with_data = mlflow.search_runs([experiment.experiment_id], filter_string="dataset.name = 'flowers'")
by_context = mlflow.search_runs([experiment.experiment_id], filter_string="dataset.context = 'train'")
autologged = client.get_logged_model(auto_run.outputs.model_outputs[0].model_id)
expected = fitted.predict(x).tolist()


def loads(uri):
    return mlflow.sklearn.load_model(uri).predict(x).tolist() == expected


print(
    json.dumps({
        "name": model.name,
        "status": str(model.status),
        "params": model.params,
        "source run": model.source_run_id == run.info.run_id,
        "location": model.artifact_location
        == f"mlflow-artifacts:/{experiment.experiment_id}/models/{logged.model_id}/artifacts",
        "metrics": sorted([m.key, m.value, m.dataset_name or ""] for m in model.metrics),
        "tag": client.get_logged_model(logged.model_id).tags["stage"],
        "note": "note" in client.get_logged_model(logged.model_id).tags,
        "external": [str(external.status), external.tags["mlflow.model.isExternal"]],
        "gone": gone,
        "found": [one.model_id == two for one, two in zip(found, [logged.model_id, second.model_id])],
        "found on data": [
            one.name
            for one in client.search_logged_models(
                [experiment.experiment_id],
                datasets=[{"dataset_name": "held out", "dataset_digest": held_out.digest}],
            )
        ],
        "pages": pages,
        "outputs": [out.model_id == logged.model_id for out in stored.outputs.model_outputs],
        "inputs": sorted([i.dataset.name, *(tag.value for tag in i.tags)] for i in stored.inputs.dataset_inputs),
        "schema": json.loads(stored.inputs.dataset_inputs[0].dataset.schema)["mlflow_colspec"][0]["name"],
        "with data": with_data["tags.mlflow.runName"].tolist(),
        "by context": by_context["tags.mlflow.runName"].tolist(),
        "by id": loads(f"models:/{logged.model_id}"),
        "by run": loads(f"runs:/{run.info.run_id}/classifier"),
        "by alias": loads(f"models:/{registered}@champion"),
        "registered": [
            version.run_id == run.info.run_id,
            version.source == f"models:/{logged.model_id}",
            json.loads(client.get_logged_model(logged.model_id).tags["mlflow.modelVersions"])[0]["name"] == registered,
            client.get_model_version_download_uri(registered, version.version) == logged.artifact_path,
        ],
        "pyfunc": mlflow.pyfunc.load_model(logged.model_uri).predict(x).tolist() == expected,
        "signature": mlflow.models.get_model_info(logged.model_uri).signature.inputs.input_names(),
        "example": mlflow.models.Model.load(logged.model_uri).load_input_example().shape,
        "files": sorted(item.path for item in client.list_logged_model_artifacts(logged.model_id)),
        "auto": [autologged.name, autologged.params["max_iter"], sorted(auto_run.data.metrics)[0]],
        "table": mlflow.load_table("table.json", run_ids=[run.info.run_id]).shape,
        "image": np.array(mlflow.artifacts.load_image(f"{run.info.artifact_uri}/images/black.png")).shape,
        "dict": mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/dict.json"),
        "artifacts": sorted(item.path for item in client.list_artifacts(run.info.run_id)),
    })
)
