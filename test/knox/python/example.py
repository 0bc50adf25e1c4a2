"""What a data scientist runs, then the same process as another user and with a wrong password; prints what came of it."""

import json
import os

import mlflow
from mlflow.exceptions import MlflowException

with mlflow.start_run() as run:
    mlflow.log_param("alpha", 0.5)
    mlflow.log_metric("loss", 0.9, step=0)
    mlflow.log_metric("loss", 0.5, step=1)
    mlflow.log_metric("loss", float("nan"), step=2)
    mlflow.log_text('{ "v": NaN }\n', "notes/a b.json")

client = mlflow.MlflowClient()
run_id = run.info.run_id
read = client.get_run(run_id)
outcome = {
    "status": read.info.status,
    "params": read.data.params,
    "losses": [[point.step, str(point.value)] for point in client.get_metric_history(run_id, "loss")],
    "found": len(mlflow.search_runs(filter_string="params.alpha = '0.5'", output_format="list")),
    "artifact": mlflow.artifacts.load_text(f"runs:/{run_id}/notes/a b.json"),
}

os.environ["MLFLOW_TRACKING_USERNAME"] = os.environ["OTHER_USERNAME"]
os.environ["MLFLOW_TRACKING_PASSWORD"] = os.environ["OTHER_PASSWORD"]
client.set_tag(run_id, "reviewed", "yes")

os.environ["MLFLOW_TRACKING_PASSWORD"] = "wrong"
try:
    client.set_tag(run_id, "reviewed", "no")
    outcome["wrong password"] = "accepted"
except MlflowException as error:
    outcome["wrong password"] = error.get_http_status_code()

os.environ["MLFLOW_TRACKING_PASSWORD"] = os.environ["OTHER_PASSWORD"]
outcome["reviewed"] = client.get_run(run_id).data.tags["reviewed"]
print(json.dumps(outcome))
