import fc from 'fast-check';
import { manifest, pathsOf } from '../../../backend/manifest/index.ts';
import type { RouteSpec } from '../../../backend/manifest/index.ts';
import type { Message } from '../../../backend/wire/message.ts';
import * as artifacts from '../../../backend/wire/messages/artifacts.ts';
import * as datasets from '../../../backend/wire/messages/datasets.ts';
import * as experiments from '../../../backend/wire/messages/experiments.ts';
import * as loggedModels from '../../../backend/wire/messages/logged-models.ts';
import * as metrics from '../../../backend/wire/messages/metrics.ts';
import * as modelVersions from '../../../backend/wire/messages/model-versions.ts';
import * as registeredModels from '../../../backend/wire/messages/registered-models.ts';
import * as runs from '../../../backend/wire/messages/runs.ts';

/** What a client sends. */
export interface AnyRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

const modules = [artifacts, datasets, experiments, loggedModels, metrics, modelVersions, registeredModels, runs];
const messages = modules.flatMap((one) => Object.values(one as object).filter(isMessage));
/** Those of every message, in both spellings. */
const fieldNames = [...new Set(messages.flatMap(({ byName }) => [...byName.keys()]))];
const common = ['experiment_id', 'run_id', 'name', 'key', 'value', 'metrics', 'params', 'tags', 'filter', 'order_by'];
const fieldName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...common) },
  { weight: 2, arbitrary: fc.constantFrom(...fieldNames, 'more', '[x]', '__proto__') },
);

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'byName' in value;
}

const long = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));
const digits = (count: number): string => '7'.repeat(count);

/** Texts that mean something here or there, and what no parser likes. */
const texts = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...[
          '',
          ' ',
          'a',
          '/',
          '..',
          'a/../b',
          '%2e%2e',
          '\u0000',
          'é',
          '😀',
          'm',
          '1',
          '-1',
          '1.5',
          'NaN',
          'inf',
          'None',
        ],
        ...[digits(20), digits(4300), digits(4301), `-${digits(400)}`, `${long('1_', 5000)}1`, `1e${digits(300)}`],
        ...[
          'ACTIVE_ONLY',
          'ALL',
          'FINISHED',
          'Production',
          'true',
          'models:/m/1',
          'runs:/x/y',
          's3://b/c',
          'file:///a',
        ],
        ...[
          "name = 'a'",
          "tags.a LIKE '%_a%'",
          "run_id IN ('a', 'b')",
          `start_time > ${digits(4301)}`,
          'metrics.m DESC',
        ],
        ...['W10=', 'e30=', Buffer.from('{"timestamp":"1","step":"2","value":"3"}').toString('base64'), '!!!', '['],
        ...[
          long('x', 300_000),
          long("'", 60_000),
          long(' ', 60_000),
          long('(', 30_000),
          long('\u0001', 60_000),
          long('😀', 60_000),
        ],
        ...[
          `a${long('/', 60_000)}b`,
          long('%25', 60_000),
          `tags.a LIKE '${long('%a_', 3000)}'`,
          long('a AND ', 60_000),
        ],
        ...['{"artifact_path":1,"flavors":{},"utc_time_created":1,"run_id":[]}', long('[', 5000), '{"flavors":'],
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );

/** JSON as text: numbers have spellings that a value has not. */
function jsonTexts(known: readonly string[]): {
  readonly value: fc.Arbitrary<string>;
  readonly object: fc.Arbitrary<string>;
} {
  const text = texts(known).map((one) => JSON.stringify(one));
  const number = fc.constantFrom(
    ...[
      '0',
      '-0',
      '1',
      '-1',
      '1.0',
      '1.5',
      '1e400',
      '-1e400',
      '5e-324',
      '1700000000000',
      '2147483648',
      '9223372036854775808',
    ],
    ...[
      digits(20),
      digits(4300),
      `-${digits(4300)}`,
      digits(4301),
      digits(400),
      `0.${digits(5000)}`,
      'NaN',
      'Infinity',
    ],
  );
  const huge = fc.constantFrom(
    long('[', 978) + long(']', 978),
    long('[', 100_000) + long(']', 100_000),
    `${long('{"a":', 500_000)}1${long('}', 100_000)}`,
    `[${long('{},', 30_000)}{}]`,
    `[${long('1,', 400_000)}1]`,
    `[${long('"a",', 40_000)}"a"]`,
    `[${long('{"key":"a","value":"b"},', 100_000)}{}]`,
    '"\\ud800"',
  );
  const { value, object } = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 8, arbitrary: text },
      { weight: 3, arbitrary: fc.oneof(number, fc.constantFrom('null', 'true', 'false')) },
      { weight: 2, arbitrary: huge },
      { weight: 3, arbitrary: tie('list') },
      { weight: 3, arbitrary: tie('object') },
    ),
    list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    object: fc
      .array(fc.tuple(fieldName, tie('value')), { maxLength: 8 })
      .map((fields) => `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${item}`).join()}}`),
  }));
  return { value, object };
}

/** Any request to any route that is served: each of its fields anything, its body any text. */
export function anyRequest(known: Readonly<Record<string, string>>): fc.Arbitrary<AnyRequest> {
  const ids = Object.values(known);
  const { value, object } = jsonTexts(ids);
  const right = Object.entries(known).map(([name, id]) => `${JSON.stringify(name)}:${JSON.stringify(id)}`);
  const begun = object.map((text) => `{${right.join()}${text === '{}' ? '' : ','}${text.slice(1)}`);
  const broken = fc.tuple(begun, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)));
  const body = fc.oneof(
    { weight: 10, arbitrary: begun },
    { weight: 4, arbitrary: object },
    { weight: 2, arbitrary: value },
    {
      weight: 1,
      arbitrary: fc.oneof(
        broken,
        begun.map((text) => JSON.stringify(text)),
        fc.string(),
      ),
    },
  );
  // A URL has 32 KB.
  const short = texts(ids).map((text) =>
    encodeURIComponent(Buffer.from(text).toString().slice(0, 2000)).slice(0, 3000).replace(/%.?$/, ''),
  );
  const query = fc
    .array(fc.tuple(fieldName, short), { maxLength: 6 })
    .map((pairs) => [...Object.entries(known), ...pairs].map(([name, text]) => `${name}=${text}`).join('&'));
  const routes: readonly RouteSpec[] = manifest;
  return fc.constantFrom(...routes).chain((route) =>
    fc.record({
      method: fc.constant(route.method),
      path: fc
        .tuple(fc.constantFrom(...pathsOf(route)), short, fc.option(query, { nil: '' }))
        .map(
          ([path, segment, after]) =>
            path.replaceAll(/\{\w+(:path)?\}/g, () => segment || 'x') + (after && `?${after}`),
        ),
      body: route.method === 'GET' ? fc.option(body, { nil: undefined }) : body,
    }),
  );
}
