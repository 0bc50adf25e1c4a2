"""Runs, their search and their life, through the fluent API and the client; prints what it found as JSON."""

import json
import math
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import RestException

client = MlflowClient()
experiment = mlflow.set_experiment(sys.argv[1])

with mlflow.start_run(run_name="parent", tags={"team": "vision"}) as parent:
    mlflow.log_params({"lr": 0.1, "model": "tree"})
    mlflow.log_metrics({"acc": 0.5, "nan": math.nan}, step=9007199254740993)
    for lr in (0.2, 0.3):
        with mlflow.start_run(run_name=f"child {lr}", nested=True):
            mlflow.log_param("lr", lr)
            mlflow.log_metric("acc", lr * 2)

client.log_batch(
    parent.info.run_id,
    metrics=[Metric("loss", 1 / (step + 1), 1700000000000 + step, step) for step in range(1000)],
    params=[Param("batch", "1")],
    tags=[RunTag("phase", "two")],
)
history = client.get_metric_history(parent.info.run_id, "loss")

try:
    client.log_param(parent.info.run_id, "lr", "0.9")
    changed = "changed"
except (RestException, mlflow.exceptions.MlflowException) as error:
    changed = error.error_code

found = mlflow.search_runs(
    [experiment.experiment_id], filter_string="metrics.acc >= 0.4 and params.lr != '0.1'", order_by=["metrics.acc DESC"]
)
pages, token = [], None
while True:
    page = client.search_runs([experiment.experiment_id], max_results=1, page_token=token)
    pages += [run.info.run_name for run in page]
    token = page.token
    if not token:
        break

client.delete_run(parent.info.run_id)
remaining = [run.info.run_name for run in client.search_runs([experiment.experiment_id])]
client.restore_run(parent.info.run_id)
again = client.get_run(parent.info.run_id)

client.rename_experiment(experiment.experiment_id, sys.argv[1] + " renamed")
client.delete_experiment(experiment.experiment_id)
stage = client.get_experiment(experiment.experiment_id).lifecycle_stage
client.restore_experiment(experiment.experiment_id)

print(
    json.dumps({
        "children": found["tags.mlflow.runName"].tolist(),
        "columns": sorted(column for column in found.columns if column.startswith(("params.", "metrics."))),
        "pages": pages,
        "points": len(history),
        "first": [history[0].value, history[0].timestamp, history[0].step],
        "step": str(client.get_metric_history(parent.info.run_id, "acc")[0].step),
        "nan": math.isnan(again.data.metrics["nan"]),
        "params": again.data.params,
        "phase": again.data.tags["phase"],
        "user": again.data.tags["mlflow.user"] != "",
        "status": again.info.status,
        "changed": changed,
        "remaining": sorted(remaining),
        "stage": stage,
        "name": mlflow.get_experiment(experiment.experiment_id).name,
        "old name is free": mlflow.get_experiment_by_name(sys.argv[1]) is None,
    })
)
