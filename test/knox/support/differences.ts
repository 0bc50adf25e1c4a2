import type { Difference } from '../../wire/differences.ts';
import { parseExact } from '../../wire/exact-json.ts';

const jettyReads = 'Jetty reads a content type without regard to letter case, and hands it on in small letters.';
const created = (number: number) => ({
  answer: '200 application/json',
  body: parseExact(`{"experiment_id": "<experiment:${String(number)}>"}`),
});

/** Of a sequence, the steps whose answer is a text, by the type of that text. */
const spelt = (group: string, sequence: string, texts: Readonly<Record<number, string>>): Difference => ({
  group,
  sequence,
  reason: 'Jetty writes a content type without the blank.',
  ours: Object.fromEntries(
    Object.entries(texts).map(([step, type]) => [step, { answer: `200 ${type};charset=utf-8` }]),
  ),
});

/** What Knox changes on the way, so that answers differ from those that MLflow's server gives straight. */
export const throughKnox: readonly Difference[] = [
  spelt('root', 'health', { 0: 'text/plain' }),
  spelt('root', 'version', { 0: 'text/html' }),
  spelt('root', 'the headers that every answer has', { 0: 'text/html' }),
  spelt('head', 'of what is asked by path, or takes no parameters', { 17: 'text/html', 18: 'text/html' }),
  spelt('workspace', 'a blank one is none', { 0: 'text/html', 1: 'text/html' }),
  {
    group: 'bad-bodies',
    sequence: 'content types that are taken',
    reason: jettyReads,
    ours: { 1: created(2), 2: created(3), 3: created(4) },
  },
];
