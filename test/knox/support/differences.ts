import type { Difference } from '../../wire/differences.ts';
import { parseExact } from '../../wire/exact-json.ts';

const jettySpells = 'Jetty writes a content type without the blank.';
const jettyReads = 'Jetty reads a content type without regard to letter case, and hands it on in small letters.';
const created = (number: number) => ({
  answer: '200 application/json',
  body: parseExact(`{"experiment_id": "<experiment:${String(number)}>"}`),
});
const point = (step: number, value: string): string =>
  `{"key": "m", "run_id": "<run:1>", "step": ${String(step)}, "timestamp": ${String(1_700_000_000_000 + step)}, "value": ${value}}`;

/** What Knox changes on the way, so that answers differ from those that MLflow's server gives straight. */
export const throughKnox: readonly Difference[] = [
  ...[
    ['health', 'text/plain;charset=utf-8'],
    ['version', 'text/html;charset=utf-8'],
    ['the headers that every answer has', 'text/html;charset=utf-8'],
  ].map(([sequence = '', type = '']) => ({
    group: 'root',
    sequence,
    reason: jettySpells,
    ours: { 0: { answer: `200 ${type}` } },
  })),
  {
    group: 'bad-bodies',
    sequence: 'content types that are taken',
    reason: jettyReads,
    ours: { 1: created(2), 2: created(3), 3: created(4) },
  },
  {
    group: 'bad-bodies',
    sequence: 'a query where a body belongs, and a body where a query belongs',
    reason: "Knox drops the body of GET, which MLflow's client never sends.",
    ours: {
      1: {
        answer: '400 application/json',
        body: {
          error_class: 'INVALID_PARAMETER_VALUE',
          error_code: 'INVALID_PARAMETER_VALUE',
          message:
            "Missing value for required parameter 'experiment_id'. " +
            'See the API docs for more information about request parameters.',
          sqlstate: 'KAM00',
        },
      },
    },
  },
  {
    group: 'metric-history',
    sequence: 'interval: runs that are missing or too many',
    reason: 'Knox makes one of two equal query parameters.',
    ours: { 8: { body: parseExact(`{"metrics": [${point(0, '0.0')}, ${point(1, '0.25')}]}`) } },
  },
];
