/** What a user pastes into Python to log a run through a gateway. */
export const pythonSnippet = (url: string, caFile: string, user: string, password: string): string =>
  `Paste into Python (pip install mlflow):

import os
os.environ["MLFLOW_TRACKING_SERVER_CERT_PATH"] = "${caFile}"
os.environ["MLFLOW_TRACKING_USERNAME"] = "${user}"
os.environ["MLFLOW_TRACKING_PASSWORD"] = "${password}"

import mlflow
mlflow.set_tracking_uri("${url}")
with mlflow.start_run():
    mlflow.log_param("alpha", 0.5)
    for step, loss in enumerate([0.9, 0.5, 0.3]):
        mlflow.log_metric("loss", loss, step=step)
`;
