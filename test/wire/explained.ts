import type { Difference } from './differences.ts';
import { headersExplained } from './explained-headers.ts';
import { explainedBounds } from './explained-bounds.ts';
import { explainedModels } from './explained-models.ts';
import { registryExplained } from './explained-registry.ts';
import { badRequest, error, invalid, missing, notCrash, notHtml, notServed, notSql } from './our-answers.ts';
import { wrongType } from './our-answers.ts';
import type { Ours } from './our-answers.ts';

const noPath = (request: string): Ours => notServed(404, `No API found for '${request}'.`);
const noMethod = (path: string, method: string): Ours => notServed(405, `'${path}' is not served for ${method}.`);
const v2 = '/api/2.0/mlflow';

const notGuessed =
  'JSON has no NaN and no infinity. The server stops parsing there, and stores 0 at time 0 in place of what was sent.';
const backslash = 'A backslash parts folders for a client on Windows, so it names nothing that could lead out.';

/** What every target of ours answers otherwise than MLflow's server, and why. */
export const explained: readonly Difference[] = [
  {
    group: 'experiments',
    sequence: 'one tag key twice at creation',
    reason: 'The server takes the violated constraint for that of the name; nothing of this name exists.',
    ours: {
      0: error(
        400,
        'RESOURCE_ALREADY_EXISTS',
        'RESOURCE_ALREADY_EXISTS',
        "Experiment(name=<unique>) has tag 'a' twice.",
      ),
    },
  },
  {
    group: 'experiments',
    sequence: 'renaming to a taken name, to the same name, to nothing, too long',
    reason: notSql,
    ours: { 2: badRequest('An experiment of this name already exists.') },
  },
  {
    group: 'runs',
    sequence: 'an empty name by tag',
    reason: notSql,
    ours: {
      1: badRequest("The run's tag 'mlflow.runName' is empty."),
      2: badRequest("The run's tag 'mlflow.runName' is empty."),
    },
  },
  {
    group: 'log-metric',
    sequence: 'bare NaN and infinity, which Python takes for JSON',
    reason: notGuessed,
    ours: {
      2: wrongType('value', 'NaN', 'float'),
      3: wrongType('value', 'Infinity', 'float'),
      4: wrongType('value', '-Infinity', 'float'),
      6: { body: {} },
    },
  },
  {
    group: 'log-metric',
    sequence: 'a number that no double holds',
    reason: notGuessed,
    ours: { 2: wrongType('value', 'Infinity', 'float'), 3: { body: {} } },
  },
  {
    group: 'log-batch',
    sequence: 'a bare NaN in a batch',
    reason: notGuessed,
    ours: { 2: wrongType('metrics[0].value', 'NaN', 'float'), 3: { body: {} } },
  },
  {
    group: 'search-runs',
    sequence: 'page tokens that are none',
    reason: 'Our tokens say behind which run a page begins; an offset, which skips or repeats runs, is none of them.',
    ours: { 16: invalid('Invalid page token, parsed value={"offset": "x"}') },
  },
  {
    group: 'artifacts-list',
    sequence: 'paths that lead out',
    reason: backslash,
    ours: { 14: invalid('Invalid path') },
  },
  {
    group: 'artifact-proxy',
    sequence: 'listing paths that lead out',
    reason: backslash,
    ours: { 6: invalid('Invalid path') },
  },
  {
    group: 'artifact-proxy',
    sequence: 'downloading paths that lead out',
    reason: `${backslash} Nor does a NUL.`,
    ours: { 5: invalid('Invalid path'), 7: invalid('Invalid path') },
  },
  {
    group: 'root',
    sequence: 'paths that lead out',
    reason: backslash,
    ours: { 9: invalid('Invalid path') },
  },
  {
    group: 'root',
    sequence: 'files that are not there, folders, no path',
    reason: notHtml,
    ours: { 7: invalid("Missing value for required parameter 'path'.") },
  },
  {
    group: 'root',
    sequence: 'runs that are not there',
    reason: notHtml,
    ours: { 3: invalid("Missing value for required parameter 'path'.") },
  },
  {
    group: 'bad-bodies',
    sequence: 'bytes that are no UTF-8, a byte order mark, UTF-16',
    reason: 'JSON between systems is UTF-8 (RFC 8259); other encodings count as malformed, as a Latin-1 letter does.',
    ours: {
      2: invalid(
        "Missing value for required parameter 'name'. See the API docs for more information about request parameters.",
      ),
    },
  },
  {
    group: 'odd-values',
    sequence: 'ranges of a file, which the proxy serves',
    reason: 'A unit of ranges that a server does not know is to be ignored (RFC 9110, 14.2).',
    ours: {
      4: {
        answer: '200 text/plain',
        headers: { 'content-range': null, 'content-disposition': 'attachment; filename=a.txt' },
        body: '0123456789',
      },
    },
  },
  {
    group: 'not-served',
    sequence: 'paths that nobody serves',
    reason: notHtml,
    ours: {
      0: noPath('GET /nope'),
      1: noPath(`GET ${v2}/nope`),
      2: noPath(`POST ${v2}/runs/nope`),
      3: noPath('GET /api/9.0/mlflow/experiments/get'),
      4: noPath('GET /api'),
    },
  },
  {
    group: 'not-served',
    sequence: 'a slash too many, a letter of another case',
    reason: notHtml,
    ours: {
      0: noPath(`GET ${v2}/experiments/get/`),
      1: noPath(`GET ${v2}/Experiments/get`),
      2: noPath('GET /HEALTH'),
    },
  },
  {
    group: 'not-served',
    sequence: 'an operation of the other surface',
    reason: notHtml,
    ours: { 0: noPath(`GET ${v2}/metrics/get-history-bulk`), 1: noPath('GET /api/health') },
  },
  {
    group: 'not-served',
    sequence: 'methods that a path does not have',
    reason: notHtml,
    ours: {
      0: noMethod(`${v2}/runs/create`, 'PUT'),
      1: noMethod(`${v2}/runs/create`, 'GET'),
      2: noMethod(`${v2}/experiments/get`, 'DELETE'),
      3: noMethod(`${v2}/experiments/get`, 'POST'),
      4: noMethod(`${v2}/experiments/search`, 'PATCH'),
    },
  },
  {
    group: 'server-failures',
    sequence: 'an experiment id beyond int64',
    reason: notSql,
    ours: {
      0: missing('No Experiment with id=99999999999999999999 exists'),
      1: missing('No Experiment with id=99999999999999999999 exists'),
    },
  },
  {
    group: 'server-failures',
    sequence: 'a run without an experiment id',
    reason: notSql,
    ours: { 0: badRequest('A run needs an experiment_id.'), 1: badRequest('A run needs an experiment_id.') },
  },
  {
    group: 'server-failures',
    sequence: 'one tag key twice at creation of a run',
    reason: notSql,
    ours: { 1: badRequest("The run has tag 'a' twice.") },
  },
  {
    group: 'server-failures',
    sequence: 'a list or an object where a number belongs',
    reason: notCrash,
    ours: {
      2: wrongType('start_time', '[1]', 'list'),
      3: wrongType('value', '[1]', 'list'),
      4: wrongType('value', '{"a":1}', 'dict'),
      5: wrongType('timestamp', '[1]', 'list'),
    },
  },
  {
    group: 'server-failures',
    sequence: 'a search whose max_results is null',
    reason: notCrash,
    ours: { 1: wrongType('max_results', 'null', 'NoneType') },
  },
  {
    group: 'server-failures',
    sequence: 'a page token that holds a list',
    reason: notCrash,
    ours: {
      2: invalid('Invalid page token, parsed value=[]'),
      3: invalid('Invalid page token, parsed value=[]'),
    },
  },
  {
    group: 'server-failures',
    sequence: 'JSON that is no object',
    reason: notCrash,
    ours: {
      0: badRequest('The request body must be a JSON object.'),
      1: badRequest('The request body must be a JSON object.'),
    },
  },
  {
    group: 'server-failures',
    sequence: 'a batch whose lists are null or hold no objects',
    reason: notCrash,
    ours: {
      2: wrongType('metrics', 'null', 'NoneType'),
      3: wrongType('metrics[0]', '1', 'int'),
      4: wrongType('metrics[0]', '[]', 'list'),
      5: wrongType('params[0]', '"lr"', 'str'),
      6: wrongType('tags[0]', '"a"', 'str'),
      7: wrongType('tags[0]', 'null', 'NoneType'),
    },
  },
  ...registryExplained,
  ...explainedModels,
  ...headersExplained,
  ...explainedBounds,
];
