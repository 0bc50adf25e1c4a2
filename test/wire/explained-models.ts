import { NumberText } from './exact-json.ts';
import type { Difference } from './differences.ts';
import { badRequest, invalid, notCrash, notHtml, notServed, notSql } from './our-answers.ts';

const json = '200 application/json';
const otherValue = badRequest(
  "Logged model '<model:1>' has another value of a metric at the same timestamp and step of this run.",
);
const noModel = badRequest("There is no logged model with id 'm-none'.");
const isOutput = (modelId: string) => badRequest(`The run has '${modelId}' among its model outputs already.`);
const noAttribute = (key: string) => invalid(`Invalid attribute key '${key}' specified.`);
const noNumber = (value: string) => invalid(`Expected a number to compare metrics.acc with: ${value}`);
export const serverInfo = {
  answer: json,
  body: {
    features_enabled: { gateway: false },
    multipart_downloads_enabled: false,
    multipart_uploads_enabled: false,
    presigned_upload_model_id_supported: true,
    presigned_upload_run_id_supported: true,
    store_type: 'SqlStore',
    trace_archival_enabled: false,
    workspaces_enabled: false,
  },
};

/** What we answer otherwise about logged models, datasets, and what runs used and made. */
export const explainedModels: readonly Difference[] = [
  {
    group: 'logged-models',
    sequence: 'models that are refused',
    reason: notSql,
    ours: {
      12: badRequest("The logged model has param 'a' twice."),
      13: badRequest("The logged model has tag 'a' twice."),
    },
  },
  {
    group: 'logged-models',
    sequence: 'a tag with a slash in its key is removed',
    reason: 'The server takes the encoded slash for one that parts the path, so that such a tag stays for ever.',
    ours: {
      3: { answer: json, body: {} },
      4: {
        body: {
          model: {
            data: {},
            info: {
              artifact_uri: 'mlflow-artifacts:/<experiment:1>/models/<model:1>/artifacts',
              creation_timestamp_ms: '<time>',
              experiment_id: '<experiment:1>',
              last_updated_timestamp_ms: '<time>',
              model_id: '<model:1>',
              model_type: '',
              name: 'model',
              source_run_id: '',
              status: 'LOGGED_MODEL_PENDING',
            },
          },
        },
      },
    },
  },
  {
    group: 'logged-models',
    sequence: 'params are logged once',
    reason: notSql,
    ours: {
      6: badRequest("The logged model has param 'a' already."),
      7: badRequest("The logged model has param 'a' already."),
      8: badRequest("The logged model has param 'e' twice."),
    },
  },
  {
    group: 'logged-model-metrics',
    sequence: 'another value at the same place',
    reason: notSql,
    ours: { 4: otherValue, 5: otherValue },
  },
  {
    group: 'logged-model-metrics',
    sequence: 'another value at the same place, in a batch',
    reason: notSql,
    ours: { 4: otherValue },
  },
  {
    group: 'logged-model-metrics',
    sequence: 'two values at one place within a batch',
    reason: notSql,
    ours: { 3: otherValue },
  },
  {
    group: 'logged-model-metrics',
    sequence: 'points that are refused',
    reason: `${notSql} Of a batch that is refused nothing stays with the run.`,
    ours: {
      3: noModel,
      4: noModel,
      5: noModel,
      12: {
        body: {
          run: {
            data: { tags: [{ key: 'mlflow.runName', value: 'run' }] },
            info: {
              artifact_uri: 'mlflow-artifacts:/<experiment:1>/<run:1>/artifacts',
              experiment_id: '<experiment:1>',
              lifecycle_stage: 'active',
              run_id: '<run:1>',
              run_name: 'run',
              run_uuid: '<run:1>',
              start_time: new NumberText('1700000000000'),
              status: 'RUNNING',
              user_id: 'ada',
            },
            inputs: {},
            outputs: {},
          },
        },
      },
    },
  },
  {
    group: 'logged-model-filter',
    sequence: 'metrics',
    reason: notCrash,
    ours: { 22: noNumber("'0.9'") },
  },
  {
    group: 'logged-model-filter',
    sequence: 'filters that are refused',
    reason: notCrash,
    ours: { 20: noAttribute('Params.lr'), 28: noAttribute("'a'") },
  },
  {
    group: 'logged-model-filter',
    sequence: 'filters that make the server fail',
    reason: `${notCrash} Or it takes what its Python class has besides columns for an attribute.`,
    ours: {
      10: noAttribute('creation_timestamp'),
      11: noAttribute('creation_timestamp'),
      12: noAttribute('tags'),
      13: noAttribute('metadata'),
      14: badRequest('Expected a list of quoted texts behind IN: (1)'),
      16: badRequest("A list of values cannot be compared by '='. Use IN or NOT IN."),
      17: badRequest("A list of values cannot be compared by 'LIKE'. Use IN or NOT IN."),
      18: noNumber('(1)'),
      19: noNumber('x'),
    },
  },
  {
    group: 'logged-model-search',
    sequence: 'pages',
    reason: 'The server finds none and gives a token that leads before the start.',
    ours: { 18: invalid("Invalid value -1 for parameter 'max_results' supplied. It must be a positive integer") },
  },
  {
    group: 'logged-model-search',
    sequence: 'page tokens of another search',
    reason: notCrash,
    ours: { 19: invalid('Invalid page token, could not base64-decode') },
  },
  {
    group: 'run-links',
    sequence: 'datasets that are refused',
    reason: notSql,
    ours: { 13: badRequest("The dataset 'twice' has tag 'k' twice.") },
  },
  {
    group: 'run-links',
    sequence: 'models that a run made',
    reason: notSql,
    ours: { 8: isOutput('<model:1>'), 9: isOutput('<model:1>') },
  },
  {
    group: 'run-links',
    sequence: 'model outputs that are refused',
    reason: notSql,
    ours: { 9: isOutput('m-twice') },
  },
  {
    group: 'run-links',
    sequence: 'models of older clients that are refused',
    reason: notCrash,
    ours: { 3: invalid('Model json must be an object.'), 6: invalid('Model json must be an object.') },
  },
  {
    group: 'search-datasets',
    sequence: 'an address that the server registers and does not reach',
    reason: notHtml,
    ours: {
      0: notServed(404, "No API found for 'POST /api/2.0mlflow/experiments/search-datasets'."),
      1: notServed(404, "No API found for 'POST /ajax-api/2.0mlflow/experiments/search-datasets'."),
    },
  },
  {
    group: 'server-info',
    sequence: 'what the server can do',
    reason: "There is no AI gateway here, which MLflow's pages would offer otherwise.",
    ours: { 0: serverInfo, 1: serverInfo },
  },
];
