"""Prompts through mlflow.genai; prints what it found as JSON."""

import json
import sys

import mlflow
from mlflow.exceptions import MlflowException

name = sys.argv[1]
mlflow.set_experiment(name)


def code(call):
    try:
        call()
    except MlflowException as error:
        return error.error_code
    return "done"


first = mlflow.genai.register_prompt(
    name=name, template="Hello {{who}}", commit_message="first", tags={"author": "ada"}
)
second = mlflow.genai.register_prompt(
    name=name,
    template=[{"role": "system", "content": "Be {{mood}}"}, {"role": "user", "content": "{{question}}"}],
    response_format={"type": "object"},
)
mlflow.genai.set_prompt_alias(name, alias="production", version=1)
by_alias = mlflow.genai.load_prompt(f"prompts:/{name}@production")
by_version = mlflow.genai.load_prompt(name, version=2)
by_latest = mlflow.genai.load_prompt(f"prompts:/{name}@latest")
missing = mlflow.genai.load_prompt(name, version=9, allow_missing=True)

mlflow.genai.set_prompt_tag(name, "team", "nlp")
mlflow.genai.set_prompt_version_tag(name, 1, "checked", "yes")
tags = mlflow.genai.get_prompt_tags(name)
found = [prompt.name for prompt in mlflow.genai.search_prompts(filter_string=f"name = '{name}'")]
by_tag = [prompt.name for prompt in mlflow.genai.search_prompts(filter_string=f"tags.team = 'nlp' AND name = '{name}'")]
hidden = mlflow.search_registered_models(filter_string=f"name = '{name}'")

with mlflow.start_run() as run:
    in_run = mlflow.genai.load_prompt(f"prompts:/{name}/1").format(who="run")
linked = mlflow.get_run(run.info.run_id).data.tags.get("mlflow.linkedPrompts", "")

mlflow.genai.delete_prompt_tag(name, "team")
mlflow.genai.delete_prompt_version_tag(name, 1, "checked")
mlflow.genai.delete_prompt_alias(name, "production")
client = mlflow.MlflowClient()
model = code(lambda: client.create_registered_model(name))
client.delete_prompt_version(name, "2")
client.delete_prompt_version(name, "1")
client.delete_prompt(name)

print(
    json.dumps({
        "versions": [first.version, second.version],
        "text": by_alias.format(who="you"),
        "variables": sorted(by_version.variables),
        "chat": by_version.format(mood="kind", question="why?")[1]["content"],
        "format": by_version.response_format,
        "message": first.commit_message,
        "version tags": by_alias.tags.get("author"),
        "latest": by_latest.version,
        "missing": missing,
        "tags": {key: value for key, value in tags.items() if not key.startswith("_")},
        "found": [found == [name], by_tag == [name], len(hidden)],
        "in run": in_run,
        "linked": name in linked,
        "model": model,
        "gone": mlflow.genai.load_prompt(name, version=1, allow_missing=True),
    })
)
