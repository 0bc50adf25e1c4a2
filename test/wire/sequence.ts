/**
 * Request sequences: what a client sends, step by step. `{{name}}` in a path, header or body stands for a value captured
 * from an earlier answer of the sequence; `{{unique}}` for letters that no other sequence has, so that all sequences can
 * share one store and each looks only at what is its own.
 */
export interface Sequence {
  readonly name: string;
  readonly steps: readonly Step[];
  /** What a target must be for the sequence to make sense on it; see {@link Need}. */
  readonly needs?: readonly Need[];
}

/**
 * - `empty-store`: nothing was written before.
 * - `anonymous`: nobody is authenticated, so a run without a user gets none.
 * - `straight`: no gateway in between, which answers unknown paths, methods and odd encodings itself.
 */
export type Need = 'empty-store' | 'anonymous' | 'straight';

export interface Step {
  readonly method: string;
  /** Path and query as they go on the wire, but for the variables. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Variable name -> where the value stands in the JSON answer, such as `runs.0.info.run_id`. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Response headers that are compared beside the content type. */
  readonly see?: readonly string[];
  /** Of an answer that holds this list, only the field of each entry is compared (and a page token): see {@link only}. */
  readonly pick?: readonly [list: string, field: string];
  /** How long to wait behind the answer. */
  readonly pauseMs?: number;
}

type QueryValue = string | number | readonly string[];
export type Query = Readonly<Record<string, QueryValue>> | string;
type Extra = Partial<Pick<Step, 'headers' | 'capture' | 'see' | 'pick'>>;

const json = { 'content-type': 'application/json' } as const;

/** Steps on one surface of the MLflow API: `api.post('/runs/create', {...})`. */
function surface(prefix: string) {
  return {
    get: (path: string, query: Query = {}, extra: Extra = {}): Step => ({
      method: 'GET',
      path: prefix + path + queryText(query),
      headers: {},
      ...extra,
    }),
    /** The body is sent as JSON; a string goes as it is, for JSON that JavaScript cannot say. */
    post: (path: string, body: unknown, extra: Extra = {}): Step => withBody('POST', prefix + path, body, extra),
    patch: (path: string, body: unknown, extra: Extra = {}): Step => withBody('PATCH', prefix + path, body, extra),
    /** With a body where there is one, as MLflow's client sends it. */
    delete: (path: string, body?: unknown, extra: Extra = {}): Step =>
      body === undefined
        ? { method: 'DELETE', path: prefix + path, headers: {}, ...extra }
        : withBody('DELETE', prefix + path, body, extra),
  };
}

const withBody = (method: string, path: string, body: unknown, extra: Extra): Step => ({
  method,
  path,
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...extra,
});

export const api = surface('/api/2.0/mlflow');
export const ajax = surface('/ajax-api/2.0/mlflow');
/** MLflow's artifact proxy. */
export const proxy = surface('/api/2.0/mlflow-artifacts');

/** Any request, as it is. */
export const request = (method: string, path: string, rest: Partial<Omit<Step, 'method' | 'path'>> = {}): Step => ({
  method,
  path,
  headers: {},
  ...rest,
});

/** The step, and then a pause, so that the server's clock in ms tells this step from the next. */
export const pausing = (step: Step): Step => ({ ...step, pauseMs: 3 });

export const sequence = (name: string, ...steps: readonly Step[]): Sequence => ({ name, steps });

/** The sequence again, for targets that fulfil the needs only. */
export const needing = (needs: readonly Need[], sequences: readonly Sequence[]): Sequence[] =>
  sequences.map((one) => ({ ...one, needs: [...(one.needs ?? []), ...needs] }));

/**
 * The step, compared by one field of each entry of a list, where the question is which entries and in what order; whole
 * entries are compared elsewhere. `only('runs', 'info.run_name', step)` leaves `{"runs": ["b", "a"]}`.
 */
export const only = (list: string, field: string, step: Step): Step => ({ ...step, pick: [list, field] });

/** The first steps of most sequences: an experiment of its own, captured as `experiment`. */
export const createExperiment = (): Step =>
  api.post('/experiments/create', { name: '{{unique}}' }, { capture: { experiment: 'experiment_id' } });

/** A run in it, captured as `run`; start_time orders the runs of one experiment. */
export const createRun = (variable = 'run', fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post(
    '/runs/create',
    { experiment_id: '{{experiment}}', user_id: 'ada', run_name: variable, start_time: 1700000000000, ...fields },
    { capture: { [variable]: 'run.info.run_id' } },
  );

/** A logged model in the experiment, captured as `model`. */
export const createModel = (variable = 'model', fields: Readonly<Record<string, unknown>> = {}): Step =>
  api.post(
    '/logged-models',
    { experiment_id: '{{experiment}}', name: variable, ...fields },
    { capture: { [variable]: 'model.info.model_id' } },
  );

export const getModel = (variable = 'model'): Step => api.get(`/logged-models/{{${variable}}}`);

export const getRun = (variable = 'run'): Step => api.get('/runs/get', { run_id: `{{${variable}}}` });

function queryText(query: Query): string {
  if (typeof query === 'string') return query === '' ? '' : `?${query}`;
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [String(value)]).map(
      (one) => `${encodeURIComponent(key)}=${encodeAround(one)}`,
    ),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Percent-encodes all but the variables. */
const encodeAround = (text: string): string =>
  text
    .split(/(\{\{\w+\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
