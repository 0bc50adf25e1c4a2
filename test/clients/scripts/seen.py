"""What a client saw in a day, in words that are the same wherever it sees the same: ids and times are named."""

import re
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from packaging.version import Version

RELEASE = Version(mlflow.__version__)
HAS_IMAGE_STEPS = RELEASE >= Version("2.11")
HAS_PROMPTS = RELEASE >= Version("2.22")
HAS_LOGGED_MODELS = RELEASE >= Version("3.0")

client = MlflowClient()
experiment_name = sys.argv[1]
registered_name = f"{experiment_name} model"
seen = {}
names_of_ids = {experiment_name: "<experiment>"}


def alias(identifier, name):
    """Lets an id that each server makes anew be seen under a name."""
    names_of_ids[identifier] = f"<{name}>"
    return identifier


def plain(value):
    """What is left of a value once the ids, and the times and addresses in texts, are named."""
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if not isinstance(value, str):
        return value
    for identifier, name in names_of_ids.items():
        value = value.replace(identifier, name)
    value = re.sub(r"mlflow-artifacts:/\d+/", "mlflow-artifacts:/<experiment id>/", value)
    return re.sub(r"\b(m-)?[0-9a-f]{32}\b", "<an id>", value)


def see(step, value):
    seen[step] = plain(value)


def refused(call):
    """The error code of a call that has to fail, and its message: less the database's text, and sets in any order."""
    try:
        call()
    except MlflowException as error:
        return [error.error_code, re.split(r" Error: \(|Valid keys are", error.message)[0].strip()]
    raise AssertionError("this was to be refused")


VOLATILE_TAGS = {"mlflow.log-model.history", "mlflow.loggedArtifacts"}


def run_seen(run_id):
    """A run as the server tells it, without what differs from client to client or from second to second."""
    run = client.get_run(run_id)
    info = run.info
    assert info.end_time is None or info.end_time >= info.start_time
    told = {
        "name": info.run_name,
        "status": info.status,
        "stage": info.lifecycle_stage,
        "artifacts": info.artifact_uri,
        "params": run.data.params,
        "metrics": run.data.metrics,
        "tags": {key: value for key, value in run.data.tags.items() if key not in VOLATILE_TAGS},
        "datasets": sorted(
            [one.dataset.name, one.dataset.digest, one.dataset.schema, one.dataset.profile, tag.key, tag.value]
            for one in run.inputs.dataset_inputs
            for tag in one.tags
        ),
    }
    if HAS_LOGGED_MODELS and run.outputs:
        told["models"] = [[one.model_id, one.step] for one in run.outputs.model_outputs]
    return told


def tree(run_id, path=None):
    """Every file of a run: its size where it has the same bytes wherever it is logged."""
    files = {}
    for one in client.list_artifacts(run_id, path):
        name = re.sub(r"(steps.step.3).timestamp.\d+.[0-9a-z-]{36}", r"\1", one.path)
        if one.is_dir:
            files.update(tree(run_id, one.path))
        else:
            files[name] = one.file_size if name.startswith(("conf/", "deep/", "page", "images/")) else one.file_size > 0
    return files


def version_seen(one):
    return [one.name, int(one.version), one.status, one.current_stage, one.description, one.tags, list(one.aliases)]
