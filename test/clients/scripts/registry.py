"""Registered models and their versions, through the client as data scientists use it; prints what it found as JSON."""

import json
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
name = sys.argv[1]
mlflow.set_experiment(name)


def code(call):
    try:
        call()
    except MlflowException as error:
        return error.error_code
    return "done"


with mlflow.start_run() as run:
    mlflow.log_text("weights", "model/weights.txt")

client.create_registered_model(name, tags={"team": "vision"}, description="A model")
taken = code(lambda: client.create_registered_model(name))
first = client.create_model_version(
    name, f"runs:/{run.info.run_id}/model", run.info.run_id, tags={"k": "v"}, description="first"
)
foreign = code(lambda: client.create_model_version(name, "runs:/0123456789abcdef0123456789abcdef/model", run.info.run_id))
local = code(lambda: client.create_model_version(name, "/etc/passwd", run.info.run_id))
second = client.create_model_version(name, f"runs:/{run.info.run_id}/model", run.info.run_id)
third = client.create_model_version(name, f"{run.info.artifact_uri}/model", run.info.run_id)

client.set_registered_model_alias(name, "champion", "1")
client.set_registered_model_alias(name, "challenger", second.version)
champion = client.get_model_version_by_alias(name, "champion")
reserved = [code(lambda alias=alias: client.set_registered_model_alias(name, alias, "1")) for alias in ("latest", "v1")]

client.update_model_version(name, "1", description="the first")
client.set_model_version_tag(name, "1", "stage", "qa")
client.delete_model_version_tag(name, "1", "k")
client.transition_model_version_stage(name, "1", "Production")
client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
stages = {version.version: version.current_stage for version in client.search_model_versions(f"name='{name}'")}
latest = {version.current_stage: version.version for version in client.get_latest_versions(name)}

copy = client.copy_model_version(f"models:/{name}@champion", name + " copy")
files = mlflow.artifacts.download_artifacts(f"models:/{name}@champion", dst_path="down")
with open(files + "/weights.txt") as weights:
    downloaded = weights.read()

for index in range(5):
    client.create_registered_model(f"{name} page {index}")
pages, token = [], None
while True:
    page = client.search_registered_models(f"name LIKE '{name} page%'", max_results=2, page_token=token)
    pages += [model.name[-1] for model in page]
    token = page.token
    if not token:
        break

client.rename_registered_model(name, name + " renamed")
renamed = client.get_registered_model(name + " renamed")
client.delete_model_version(name + " renamed", "2")
left = client.get_registered_model(name + " renamed")
client.delete_registered_model(name + " renamed")

print(
    json.dumps({
        "taken": taken,
        "foreign": foreign,
        "local": local,
        "reserved": reserved,
        "versions": [first.version, second.version, third.version],
        "status": second.status,
        "champion": [champion.version, list(champion.aliases), champion.description],
        "stages": stages,
        "latest": latest,
        "by run": len(client.search_model_versions(f"run_id='{run.info.run_id}' AND name='{name} copy'")),
        "copy": [copy.name[len(name) :], copy.version, copy.run_id == run.info.run_id],
        "copied from": client.get_model_version_download_uri(name + " copy", "1") == first.source,
        "downloaded": downloaded,
        "pages": pages,
        "renamed": [renamed.aliases, renamed.tags, sorted(v.version for v in renamed.latest_versions)],
        "left": left.aliases,
        "gone": code(lambda: client.get_registered_model(name + " renamed")),
    })
)
