import { printExact } from '../wire/exact-json.ts';
import type { Exchange } from '../wire/play.ts';
import type { Outcome } from './pair.ts';

/** A sequence, shrunk, to whose last step the servers answer differently. */
export interface Failure {
  readonly area: string;
  readonly seed: number;
  /** Where fast-check finds it again. */
  readonly path: string;
  readonly outcome: Outcome;
}

/** The sequence for a reader: what led there, the last request, and what each answered. */
export function describeFailure({ area, seed, path, outcome }: Failure): string {
  const before = outcome.played
    .slice(0, -1)
    .map(({ server }) => `  ${server.request}  ->  ${server.answer.slice(0, 3)}`);
  const last = outcome.played.at(-1);
  return [
    `${area}: a difference`,
    ...before,
    ...(last === undefined ? [] : [`  ${last.server.request}`, ...differing(last.server, last.ours)]),
    `  again: npm run test:differential -- --area '${area}' --seed ${String(seed)} --path ${path}`,
  ].join('\n');
}

function differing(server: Exchange, ours: Exchange): string[] {
  const [left, right] = [server, ours].map((one) => lines(one)) as [string[], string[]];
  const shared = commonStart(left, right);
  const end = commonStart(left.slice(shared).reverse(), right.slice(shared).reverse());
  const shown = (side: string[]): string[] => side.slice(Math.max(0, shared - 3), side.length - Math.max(0, end - 3));
  return [...shown(left).map((line) => `    MLflow  ${line}`), ...shown(right).map((line) => `    Kirka   ${line}`)];
}

function lines(exchange: Exchange): string[] {
  const body = typeof exchange.body === 'string' ? exchange.body.slice(0, 300) : printExact(exchange.body);
  return [exchange.answer, ...headerLines(exchange), ...body.split('\n')];
}

const headerLines = ({ headers = {} }: Exchange): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value ?? '(none)'}`);

function commonStart(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((line, index) => line !== right[index]);
  return at < 0 ? left.length : at;
}
