"""Traces a function and looks for the trace, or with `disable` only calls it; prints what it found as JSON."""

import json
import sys

import mlflow
from mlflow.exceptions import MlflowException

if sys.argv[1:] == ["disable"]:
    mlflow.tracing.disable()


@mlflow.trace
def add(number):
    return number + 1


found = {"result": add(1)}
mlflow.flush_trace_async_logging()
if sys.argv[1:] != ["disable"]:
    try:
        found["search"] = len(mlflow.MlflowClient().search_traces(locations=["0"]))
    except MlflowException as error:
        found["search"] = error.error_code
print(json.dumps(found))
