import type { Difference } from '../../wire/differences.ts';
import { parseExact } from '../../wire/exact-json.ts';

const jettySpells = 'Jetty writes a content type without the blank.';
const jettyReads = 'Jetty reads a content type without regard to letter case, and hands it on in small letters.';
const created = (number: number) => ({
  answer: '200 application/json',
  body: parseExact(`{"experiment_id": "<experiment:${String(number)}>"}`),
});

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
];
