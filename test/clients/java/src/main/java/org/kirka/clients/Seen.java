package org.kirka.clients;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.Page;
import org.mlflow_project.google.gson.Gson;
import org.mlflow_project.google.gson.JsonParser;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.MessageOrBuilder;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** What the program has seen, step by step, as the JSON that it prints at its end. */
final class Seen {
  private final Map<String, Object> steps = new TreeMap<>();

  void see(String step, Object value) {
    steps.put(step, plain(value));
  }

  /** Sees a list in whose order nothing lies, sorted. */
  void seeSet(String step, Iterable<? extends MessageOrBuilder> values) {
    List<Object> all = new ArrayList<>();
    values.forEach(value -> all.add(plain(value)));
    all.sort(Comparator.comparing(Object::toString));
    see(step, all);
  }

  /** Sees the status and the body of a call that has to fail. */
  void refused(String step, Runnable call) {
    try {
      call.run();
    } catch (MlflowHttpException refusal) {
      see(step, List.of(refusal.getStatusCode(), new JsonParser().parse(refusal.getBodyMessage())));
      return;
    }
    throw new AssertionError(step + ": this was to be refused");
  }

  String json() {
    return new Gson().toJson(steps);
  }

  /** All pages of a search, each as the list of what is on it. */
  static <E> List<List<E>> pages(Page<E> first) {
    List<List<E>> all = new ArrayList<>();
    for (Page<E> page = first; ; page = page.getNextPage()) {
      List<E> items = new ArrayList<>();
      page.getItems().forEach(items::add);
      all.add(items);
      if (!page.hasNextPage()) return all;
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Iterable<?> items) {
      List<Object> all = new ArrayList<>();
      items.forEach(item -> all.add(plain(item)));
      return all;
    }
    if (!(value instanceof MessageOrBuilder message)) return value;
    try {
      return new JsonParser().parse(JsonFormat.printer().preservingProtoFieldNames().print(message));
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
