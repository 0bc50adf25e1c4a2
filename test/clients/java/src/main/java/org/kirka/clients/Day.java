package org.kirka.clients;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;
import org.mlflow_project.google.gson.Gson;

/**
 * A day of a data engineer with MLflow's Java client. Asserts what each step relies on, and prints what was seen as JSON.
 * MLFLOW_TRACKING_URI says where; user and password go into the credentials here, as this client does not read the variables
 * that Python's does. For artifacts it starts MLflow's Python client, by MLFLOW_PYTHON_EXECUTABLE, and hands them on.
 */
public final class Day {
  private final MlflowClient client;
  private final String name;
  private final Seen seen = new Seen();

  private Day(MlflowClient client, String name) {
    this.client = client;
    this.name = name;
  }

  public static void main(String[] arguments) throws IOException {
    BasicMlflowHostCreds credentials = new BasicMlflowHostCreds(
        System.getenv("MLFLOW_TRACKING_URI"),
        System.getenv("MLFLOW_TRACKING_USERNAME"),
        System.getenv("MLFLOW_TRACKING_PASSWORD"));
    try (MlflowClient client = new MlflowClient(credentials)) {
      Day day = new Day(client, arguments[0]);
      String experiment = day.experiments();
      String run = day.runs(experiment);
      day.searches(experiment, run);
      day.artifacts(run);
      day.registry(run);
      day.deletions(experiment, run);
      System.out.println(day.seen.json());
    }
  }

  private String experiments() {
    String id = client.createExperiment(name);
    client.setExperimentTag(id, "team", "größe");
    seen.see("experiment", client.getExperiment(id));
    check(client.getExperimentByName(name).map(Experiment::getExperimentId).equals(Optional.of(id)), "by name");
    check(client.getExperimentByName(name + " none").isEmpty(), "no such name");
    seen.refused("taken name", () -> client.createExperiment(name));
    seen.refused("no such experiment", () -> client.getExperiment("99999999"));
    for (int index = 0; index < 3; index++) {
      ExperimentTag tag = ExperimentTag.newBuilder().setKey("paged").setValue(name).build();
      client.createExperiment(CreateExperiment.newBuilder().setName(name + " " + index).addTags(tag).build());
    }
    seen.see("pages of experiments", Seen.pages(
        client.searchExperiments("tags.paged = '" + name + "'", ViewType.ACTIVE_ONLY, 2, List.of("name DESC")))
        .stream().map(page -> page.stream().map(Experiment::getName).toList()).toList());
    return id;
  }

  private String runs(String experiment) {
    long start = 1_700_000_000_000L;
    String run = client.createRun(CreateRun.newBuilder()
        .setExperimentId(experiment).setStartTime(start).setUserId("ada").setRunName("first")
        .addTags(RunTag.newBuilder().setKey("phase").setValue("one")).build()).getRunId();
    client.logParam(run, "alpha", "0.5");
    client.logParam(run, "empty", "");
    seen.refused("another value", () -> client.logParam(run, "alpha", "0.6"));
    for (int step = 0; step < 3; step++) client.logMetric(run, "loss", 1.0 / (step + 1), start + step, step);
    client.logMetric(run, "huge", Double.MAX_VALUE, start, Long.MAX_VALUE);
    client.logMetric(run, "tiny", Double.MIN_VALUE, start, Long.MIN_VALUE);
    client.logMetric(run, "infinite", Double.NEGATIVE_INFINITY, start, 0);
    client.logMetric(run, "nan", Double.NaN, start, 0);
    client.setTag(run, "note", "größer");
    client.setTag(run, "short-lived", "x");
    client.deleteTag(run, "short-lived");
    seen.refused("no such tag", () -> client.deleteTag(run, "short-lived"));
    List<Metric> curve = IntStream.range(0, 998).mapToObj(step -> Metric.newBuilder()
        .setKey("curve").setValue(step / 8.0).setTimestamp(start + step).setStep(step).build()).toList();
    client.logBatch(run, curve,
        List.of(Param.newBuilder().setKey("batch").setValue("1").build()),
        List.of(RunTag.newBuilder().setKey("phase").setValue("two").build()));
    client.setTerminated(run, RunStatus.FINISHED, start + 60_000);
    Run told = client.getRun(run);
    check(told.getInfo().getEndTime() == start + 60_000, "end time");
    seen.see("run", told.getInfo());
    seen.seeSet("params", told.getData().getParamsList());
    seen.seeSet("tags", told.getData().getTagsList());
    seen.seeSet("metrics", told.getData().getMetricsList());
    seen.see("history", client.getMetricHistory(run, "loss"));
    check(client.getMetricHistory(run, "curve").size() == 998, "every point");
    seen.refused("no such run", () -> client.getRun("0".repeat(32)));
    return run;
  }

  private void searches(String experiment, String first) {
    MlflowContext context = new MlflowContext(client).setExperimentId(experiment);
    ActiveRun parent = context.startRun("sweep");
    for (int index = 1; index <= 3; index++) {
      ActiveRun child = context.startRun("child " + index, parent.getId());
      child.logParam("index", Integer.toString(index));
      child.logMetric("loss", index / 10.0);
      child.endRun(index == 3 ? RunStatus.FAILED : RunStatus.FINISHED);
    }
    parent.endRun();
    List<String> in = List.of(experiment);
    seen.see("pages of runs", names(Seen.pages(
        client.searchRuns(in, "metrics.loss < 1 and params.index != '9'", ViewType.ALL, 2, List.of("metrics.loss DESC")))));
    seen.see("children", names(Seen.pages(client.searchRuns(
        in, "tags.`mlflow.parentRunId` = '" + parent.getId() + "' and attributes.status = 'FINISHED'",
        ViewType.ACTIVE_ONLY, 10, List.of("attributes.start_time ASC", "params.index")))));
    check(client.searchRuns(in, "attributes.run_name LIKE 'first'").get(0).getRunId().equals(first), "by name");
    seen.refused("bad filter", () -> client.searchRuns(in, "nonsense = 1"));
  }

  private static List<List<String>> names(List<List<Run>> pages) {
    return pages.stream().map(page -> page.stream().map(run -> run.getInfo().getRunName()).toList()).toList();
  }

  private void artifacts(String run) throws IOException {
    byte[] bytes = new byte[256 * 1024];
    for (int index = 0; index < bytes.length; index++) bytes[index] = (byte) index;
    Path folder = Files.createTempDirectory("day");
    Path file = Files.write(folder.resolve("weights.bin"), bytes);
    client.logArtifact(run, file.toFile(), "deep/er");
    Files.createDirectories(folder.resolve("model/data"));
    Files.writeString(folder.resolve("model/MLmodel"), "flavors: {}\n");
    Files.writeString(folder.resolve("model/data/größe & co.txt"), "größer");
    client.logArtifacts(run, folder.resolve("model").toFile(), "model");
    seen.see("artifacts", client.listArtifacts(run));
    seen.see("artifacts of the model", client.listArtifacts(run, "model"));
    File down = client.downloadArtifacts(run, "deep");
    check(Files.mismatch(down.toPath().resolve("er/weights.bin"), file) == -1, "the same bytes");
  }

  private void registry(String run) throws IOException {
    String model = name.replace(' ', '-') + "-model"; // a space would reach Python's side as %20
    post("registered-models/create", new Name(model));
    for (String version : List.of("1", "2")) {
      post("model-versions/create", new Version(model, "runs:/" + run + "/model", run));
      post("model-versions/transition-stage", new Stage(model, version, version.equals("1") ? "Staging" : "Production"));
    }
    seen.see("latest", client.getLatestVersions(model).stream().map(one -> one.getVersion()).sorted().toList());
    seen.see("in production", client.getLatestVersions(model, List.of("Production")));
    seen.see("version", client.getModelVersion(model, "1"));
    seen.see("address", client.getModelVersionDownloadUri(model, "1"));
    client.sendPatch("model-versions/update", new Gson().toJson(new Described(model, "1", "größer")));
    check(client.getModelVersion(model, "1").getDescription().equals("größer"), "description");
    Path files = client.downloadLatestModelVersion(model, "Production").toPath();
    check(Files.readString(files.resolve("data/größe & co.txt")).equals("größer"), "files of the model");
    seen.refused("no such version", () -> client.getModelVersion(model, "9"));
  }

  private void deletions(String experiment, String run) {
    client.deleteRun(run);
    seen.see("deleted run", client.getRun(run).getInfo().getLifecycleStage());
    seen.refused("write to a deleted run", () -> client.setTag(run, "late", "x"));
    client.restoreRun(run);
    seen.see("restored run", client.getRun(run).getInfo().getLifecycleStage());
    client.deleteExperiment(experiment);
    seen.see("deleted experiment", client.getExperiment(experiment).getLifecycleStage());
    seen.refused("run in a deleted experiment", () -> client.createRun(experiment));
    client.restoreExperiment(experiment);
    client.renameExperiment(experiment, name + " renamed");
    seen.see("renamed", client.getExperiment(experiment));
  }

  private record Name(String name) {}

  private record Version(String name, String source, String run_id) {}

  private record Stage(String name, String version, String stage) {}

  private record Described(String name, String version, String description) {}

  private void post(String path, Record body) {
    client.sendPost(path, new Gson().toJson(body));
  }

  private static void check(boolean holds, String what) {
    if (!holds) throw new AssertionError(what);
  }
}
