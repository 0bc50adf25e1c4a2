"""Tracks one run. Where and as whom come from MLflow's own variables:

MLFLOW_TRACKING_URI=http://localhost:8443/gateway/sandbox/kirka
MLFLOW_TRACKING_USERNAME=guest
MLFLOW_TRACKING_PASSWORD=guest-password
"""

import mlflow

with mlflow.start_run():
    mlflow.log_param("alpha", 0.5)
    mlflow.log_metric("loss", 0.9, step=1)
    mlflow.log_metric("loss", 0.5, step=2)
    mlflow.log_metric("loss", 0.3, step=3)
