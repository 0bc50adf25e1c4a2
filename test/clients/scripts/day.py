"""A day of a data scientist, in every release of MLflow that is tested: what a release does not have yet is left out.

Each step asserts what it relies on. What was seen is printed as JSON at the end, without ids and times: another server is
alike where it lets the same client see the same.
"""

import json
import re

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
import sklearn.metrics
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.models import infer_signature
from seen import (
    HAS_IMAGE_STEPS,
    HAS_LOGGED_MODELS,
    HAS_PROMPTS,
    alias,
    client,
    experiment_name,
    refused,
    registered_name,
    run_seen,
    see,
    seen,
    tree,
    version_seen,
)
from sklearn.linear_model import LogisticRegression

# The experiment, and data.
experiment = mlflow.set_experiment(experiment_name)
experiment_id = experiment.experiment_id
client.set_experiment_tag(experiment_id, "team", "vision")
client.set_experiment_tag(experiment_id, "mlflow.note.content", "Flowers, *again*")
again = client.get_experiment_by_name(experiment_name)
assert again.experiment_id == experiment_id and again.creation_time <= again.last_update_time
see("experiment", [again.name, again.lifecycle_stage, again.tags, again.artifact_location.split("/")[0]])
see("taken name", refused(lambda: client.create_experiment(experiment_name)))

x = pd.DataFrame({"length": np.arange(20.0), "width": np.arange(20.0)[::-1]})
y = (x["length"] > 9).astype(int)
train = mlflow.data.from_pandas(x.assign(label=y), source="train.csv", name="flowers", targets="label")
held_out = mlflow.data.from_numpy(x.head(5).to_numpy(), source="eval.npy", name="held out")

# Autologging.
mlflow.sklearn.autolog(silent=True)
with mlflow.start_run(run_name="autologged") as run:
    autologged = alias(run.info.run_id, "autologged")
    model = LogisticRegression(max_iter=50).fit(x, y)
    sklearn.metrics.accuracy_score(y, model.predict(x))
mlflow.sklearn.autolog(disable=True)
told = run_seen(autologged)
assert told["params"]["max_iter"] == "50" and told["metrics"]["training_accuracy_score"] == 1
assert told["metrics"]["accuracy_score_x"] == 1, "a metric computed by hand is logged, too"
if HAS_LOGGED_MODELS:
    auto_model = client.get_logged_model(alias(told["models"][0][0], "autologged model"))
    assert auto_model.source_run_id == autologged and auto_model.params["max_iter"] == "50"
    see("autologged model", [auto_model.name, str(auto_model.status), auto_model.params, auto_model.artifact_location])
see("autologged", told)
see("autologged files", sorted(one.path for one in client.list_artifacts(autologged)))

# A run with children: a sweep.
with mlflow.start_run(run_name="sweep", tags={"release": "demo"}, description="A *sweep*") as parent:
    sweep = alias(parent.info.run_id, "sweep")
    mlflow.log_params({"solver": "lbfgs", "empty": "", "long": "x" * 6000})
    mlflow.log_input(train, context="training")
    mlflow.log_input(held_out, context="validation")
    for c in (0.1, 1.0, 10.0):
        with mlflow.start_run(run_name=f"C={c}", nested=True) as child:
            alias(child.info.run_id, f"child {c}")
            mlflow.log_param("C", c)
            mlflow.log_input(train, context="training")
            for step in range(3):
                mlflow.log_metric("loss", c / (step + 1), step=step)
            mlflow.set_tag("mlflow.note.content", "größer" if c > 1 else "kleiner")
    mlflow.log_metrics({"best": 0.1, "nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}, step=-1)
    mlflow.log_param("solver", "lbfgs")
    see("another value", refused(lambda: mlflow.log_param("solver", "saga")))
    see("param too long", refused(lambda: client.log_param(sweep, "k" * 251, "v")))
client.log_batch(
    sweep,
    [Metric("curve", 1 / (step + 1), 1700000000000 + step, step) for step in range(1000)],
    [Param("batch", "1")],
    [RunTag("phase", "two")],
)
curve = client.get_metric_history(sweep, "curve")
assert [point.step for point in curve] == list(range(1000)) and curve[999].value == 0.001
see("curve", [[point.value, point.timestamp, point.step] for point in (curve[0], curve[-1])])
told = run_seen(sweep)
told["metrics"] = {key: str(value) for key, value in told["metrics"].items()}
see("sweep", told)


def found(filter_string, **options):
    options.setdefault("order_by", ["attributes.run_name ASC"])
    return [run.info.run_name for run in client.search_runs([experiment_id], filter_string, **options)]


by_loss = found("metrics.loss < 1 and params.C != ''", order_by=["metrics.loss DESC"])
assert by_loss == ["C=1.0", "C=0.1"]
see(
    "searches",
    {
        "by loss": by_loss,
        "children": found(f"tags.mlflow.parentRunId = '{sweep}'"),
        "like": found("attributes.run_name LIKE 'C=1%' AND tags.`mlflow.note.content` ILIKE 'GR%'"),
        "in": found(f"attributes.run_id IN ('{sweep}', '{autologged}')"),
        "dataset": found("dataset.name = 'flowers' AND dataset.context = 'training'"),
        "status": found("attributes.status = 'FINISHED'", max_results=2),
        "all": found(""),
        "refused": refused(lambda: found("metrics.loss LIKE 'x'")),
        "unknown": refused(lambda: found("nonsense = 1")),
    },
)
pages, token = [], None
while True:
    page = client.search_runs([experiment_id], max_results=2, order_by=["metrics.loss ASC"], page_token=token)
    pages.append([run.info.run_name for run in page])
    token = page.token
    if not token:
        break
see("pages", pages)
frame = mlflow.search_runs([experiment_id], filter_string="params.C = '1.0'")
see("frame", {key: [str(one) for one in frame[key]] for key in ("status", "params.C", "metrics.loss", "tags.mlflow.runName")})

# A model with signature and example; figures, tables, dictionaries, images.
fitted = LogisticRegression(C=0.5).fit(x, y)
expected = fitted.predict(x).tolist()
with mlflow.start_run(run_name="training") as run:
    training = alias(run.info.run_id, "training")
    logged = mlflow.sklearn.log_model(
        fitted,
        **{"name" if HAS_LOGGED_MODELS else "artifact_path": "classifier"},
        signature=infer_signature(x, fitted.predict(x)),
        input_example=x.head(2),
        pip_requirements=["scikit-learn"],
    )
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    mlflow.log_figure(figure, "plots/line.png")
    mlflow.log_dict({"a": [1, None, 2.5], "ß": {"b": True}}, "conf/dict.json")
    mlflow.log_dict({"a": [1, 2]}, "conf/dict.yaml")
    mlflow.log_text("<b>größer</b> {}\n", "page.html")
    mlflow.log_table({"question": ["a", "b"], "answer": [1, 2]}, "table.json")
    mlflow.log_table({"question": ["c"], "answer": [3]}, "table.json")
    mlflow.log_image(np.full((2, 3, 3), 7, dtype=np.uint8), "images/seven.png")
    if HAS_IMAGE_STEPS:
        mlflow.log_image(np.zeros((2, 2, 3), dtype=np.uint8), key="steps", step=3)
        mlflow.flush_artifact_async_logging()  # images of a step are uploaded behind the program's back
    with open("odd & größe+.bin", "wb") as file:
        file.write(bytes(range(256)) * 1000)
    mlflow.log_artifact("odd & größe+.bin", artifact_path="deep/er")
    artifact_uri = mlflow.get_artifact_uri()

see("files", tree(training))
local = mlflow.artifacts.download_artifacts(run_id=training, artifact_path="deep", dst_path="down")
with open(f"{local}/er/odd & größe+.bin", "rb") as file:
    assert file.read() == bytes(range(256)) * 1000
assert mlflow.artifacts.load_text(f"{artifact_uri}/page.html") == "<b>größer</b> {}\n"
assert mlflow.artifacts.load_dict(f"runs:/{training}/conf/dict.json") == {"a": [1, None, 2.5], "ß": {"b": True}}
assert np.array(mlflow.artifacts.load_image(f"{artifact_uri}/images/seven.png")).tolist() == [[[7] * 3] * 3] * 2
assert mlflow.artifacts.load_image(f"{artifact_uri}/plots/line.png").size == (640, 480)
table = mlflow.load_table("table.json", run_ids=[training], extra_columns=["run_id"])
see("table", table.sort_values("answer").to_dict("records"))
see("no such folder", client.list_artifacts(training, "none"))

# Registered, found by alias, stage and version, and loaded.
version = mlflow.register_model(logged.model_uri, registered_name, tags={"from": "day"})
assert version.version in ("1", 1)
client.set_registered_model_alias(registered_name, "champion", version.version)
client.update_registered_model(registered_name, "Tells *flowers* apart")
client.set_registered_model_tag(registered_name, "team", "vision")
client.set_model_version_tag(registered_name, version.version, "checked", "yes")
client.update_model_version(registered_name, version.version, "the first")
client.transition_model_version_stage(registered_name, version.version, "Production")
champion = client.get_model_version_by_alias(registered_name, "champion")
assert champion.run_id == training

see("champion", [*version_seen(champion), champion.source])
uris = [
    *(f"models:/{registered_name}{suffix}" for suffix in ("@champion", "/1", "/Production", "/latest")),
    f"runs:/{training}/classifier",
    *([f"models:/{logged.model_id}"] if HAS_LOGGED_MODELS else []),
]
for uri in uris:
    assert mlflow.sklearn.load_model(uri).predict(x).tolist() == expected, uri
assert mlflow.pyfunc.load_model(uris[0]).predict(x).tolist() == expected
information = mlflow.models.get_model_info(uris[0])
see("signature", information.signature.to_dict())
see("loaded from", uris)
copied = client.copy_model_version(uris[0], f"{registered_name} copy")
see("copy", version_seen(copied))
of_model = {"model_id": logged.model_id} if HAS_LOGGED_MODELS else {}
second = client.create_model_version(registered_name, logged.model_uri, training, **of_model)
client.set_registered_model_alias(registered_name, "challenger", second.version)
told = client.get_registered_model(registered_name)
see(
    "registered",
    [told.name, told.description, told.tags, told.aliases, sorted(version_seen(one) for one in told.latest_versions)],
)
see("versions", [version_seen(one) for one in client.search_model_versions(f"name = '{registered_name}'")])
see("models", [one.name for one in client.search_registered_models(f"name LIKE '{registered_name}%'")])
see("alias of a version", refused(lambda: client.set_registered_model_alias(registered_name, "v1", "1")))
see("no such alias", refused(lambda: client.get_model_version_by_alias(registered_name, "none")))
see("foreign run", refused(lambda: client.get_run("0" * 32)))

# Logged models, measured on data.
if HAS_LOGGED_MODELS:
    model_id = alias(logged.model_id, "classifier")
    with mlflow.start_run(run_id=training):
        mlflow.log_metric("accuracy", 0.9, model_id=model_id, dataset=train)
        mlflow.log_metric("accuracy", 0.5, step=1, model_id=model_id, dataset=held_out)
    client.set_logged_model_tags(model_id, {"verdict": "good", "note": "é"})
    client.delete_logged_model_tag(model_id, "note")
    told = client.get_logged_model(model_id)
    assert told.source_run_id == training and str(told.status) == "READY"
    see("logged model", [told.name, told.model_type, {k: v for k, v in told.tags.items() if k == "verdict"}])
    see("measured", sorted([one.key, one.value, one.step, one.dataset_name] for one in told.metrics))
    draft = client.create_logged_model(experiment_id, name="draft", params={"p": "1"})
    client.finalize_logged_model(draft.model_id, "FAILED")
    by_accuracy = {"field_name": "metrics.accuracy", "ascending": False, "dataset_name": "flowers"}
    models = mlflow.search_logged_models([experiment_id], order_by=[by_accuracy], output_format="list")
    see("logged models", [[one.name, str(one.status)] for one in models])
    good = mlflow.search_logged_models([experiment_id], "metrics.accuracy > 0.6", output_format="list")
    see("good models", [one.name for one in good])
    client.delete_logged_model(draft.model_id)
    alias(draft.model_id, "draft")
    see("deleted model", refused(lambda: client.get_logged_model(draft.model_id)))
    see("files of the model", sorted(one.path for one in client.list_logged_model_artifacts(model_id)))

# Prompts.
if HAS_PROMPTS:
    prompts = mlflow.genai if HAS_LOGGED_MODELS else mlflow
    prompt_name = re.sub(r"\W", "-", f"{experiment_name} prompt")
    alias(prompt_name, "prompt")
    prompts.register_prompt(name=prompt_name, template="Hello {{who}}", commit_message="first")
    prompts.register_prompt(name=prompt_name, template="Dear {{who}}, {{what}}", tags={"tone": "formal"})
    prompts.set_prompt_alias(prompt_name, "production", 1)
    loaded = prompts.load_prompt(f"prompts:/{prompt_name}@production")
    assert loaded.format(who="you") == "Hello you"
    see("prompt", [int(loaded.version), loaded.template, sorted(loaded.variables), loaded.commit_message])
    see("second", prompts.load_prompt(f"prompts:/{prompt_name}/2").format(who="Ada", what="hello"))
    assert client.search_registered_models(f"name = '{prompt_name}'") == [], "a prompt is no model"
    see("name of a prompt", refused(lambda: client.create_registered_model(prompt_name)))
    prompts.delete_prompt_alias(prompt_name, "production")
    if HAS_LOGGED_MODELS:
        see("prompts", [one.name for one in prompts.search_prompts(f"name = '{prompt_name}'")])
        chat = [{"role": "system", "content": "Be {{mood}}"}, {"role": "user", "content": "{{question}}"}]
        prompts.register_prompt(name=prompt_name, template=chat, response_format={"type": "object"})
        see("chat", prompts.load_prompt(f"prompts:/{prompt_name}@latest").format(mood="kind", question="why?"))

# Deleted and restored.
client.delete_run(sweep)
see("gone from the search", found("attributes.run_name = 'sweep'"))
see("write to a deleted run", refused(lambda: client.log_metric(sweep, "late", 1)))
see("deleted", found("", run_view_type=ViewType.DELETED_ONLY))
client.restore_run(sweep)
assert client.get_run(sweep).info.lifecycle_stage == "active"
client.delete_tag(sweep, "phase")
see("no such tag", refused(lambda: client.delete_tag(sweep, "phase")))
client.update_run(sweep, name="sweep, renamed")
client.set_terminated(sweep, "KILLED")
told = client.get_run(sweep)
see("renamed", [told.info.run_name, told.data.tags["mlflow.runName"], told.info.status])

client.delete_registered_model_alias(registered_name, "challenger")
client.delete_model_version(registered_name, "2")
client.rename_registered_model(registered_name, f"{registered_name} renamed")
told = client.get_registered_model(f"{registered_name} renamed")
see("left of the model", [told.aliases, [version_seen(one) for one in told.latest_versions]])
client.delete_registered_model(f"{registered_name} renamed")
see("no such model", refused(lambda: client.get_registered_model(f"{registered_name} renamed")))

client.delete_experiment(experiment_id)
see("run in a deleted experiment", refused(lambda: client.create_run(experiment_id))[0])
see("stages", [client.get_experiment(experiment_id).lifecycle_stage, found("")])
deleted = [one.name for one in client.search_experiments(ViewType.DELETED_ONLY, filter_string="tags.team = 'vision'")]
assert experiment_name in deleted
client.restore_experiment(experiment_id)
client.rename_experiment(experiment_id, f"{experiment_name} renamed")
see("at the end", [client.get_experiment(experiment_id).name, found("")])
assert client.get_experiment_by_name(experiment_name) is None

print(json.dumps(seen, sort_keys=True, allow_nan=False))
