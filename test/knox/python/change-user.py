"""One process that writes as one user, as another, with a wrong password, and with the right one again."""

import json
import os

import mlflow
from mlflow.exceptions import MlflowException

client = mlflow.MlflowClient()
run_id = client.create_run("0").info.run_id
outcome = {"run_id": run_id}

os.environ["MLFLOW_TRACKING_USERNAME"] = "tom"
os.environ["MLFLOW_TRACKING_PASSWORD"] = "tom-password"
client.set_tag(run_id, "reviewed", "yes")

os.environ["MLFLOW_TRACKING_PASSWORD"] = "wrong"
try:
    client.set_tag(run_id, "reviewed", "no")
    outcome["wrong password"] = "accepted"
except MlflowException as error:
    outcome["wrong password"] = error.get_http_status_code()

os.environ["MLFLOW_TRACKING_PASSWORD"] = "tom-password"
outcome["reviewed"] = client.get_run(run_id).data.tags["reviewed"]
print(json.dumps(outcome))
