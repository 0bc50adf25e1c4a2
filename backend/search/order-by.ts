import { brief } from '../brief.ts';
import { MlflowError, invalidParameter } from '../errors.ts';
import type { RunNumberAttribute, RunTextAttribute } from './clauses.ts';
import { group } from './grouping.ts';
import { hasSecondStatement } from './parser.ts';
import { pythonList } from './python-text.ts';
import { shellWords } from './shell-words.ts';
import { tokenize } from './tokenizer.ts';
import { experimentIdentifier } from './validator/experiments.ts';
import { orderKeys, runIdentifier } from './validator/run-identifier.ts';

/** One key of an order over runs. */
export type RunOrder = { readonly ascending: boolean } & (
  | { readonly of: 'metric' | 'parameter' | 'tag'; readonly key: string }
  | { readonly of: 'attribute'; readonly key: RunTextAttribute | RunNumberAttribute }
);

/** One key of an order over experiments. */
export interface ExperimentOrder {
  readonly key: 'name' | 'experiment_id' | 'creation_time' | 'last_update_time';
  readonly ascending: boolean;
}

/** @throws MlflowError where a clause is none, names what cannot be ordered by, or repeats another */
export function readRunOrder(clauses: readonly string[]): readonly RunOrder[] {
  requireFewKeys(clauses);
  const seen = new Set<string>();
  return clauses.map((clause) => {
    const { identifier, ascending } = readClause(clause);
    const name = runIdentifier(identifier, orderKeys);
    if (name.of === 'dataset') throw invalidParameter("Invalid identifier type 'dataset'");
    const order: RunOrder =
      'written' in name ? { of: 'attribute', key: name.key, ascending } : { of: name.of, key: name.key, ascending };
    const id = `${order.of}.${order.key}`;
    if (seen.has(id)) {
      throw new MlflowError('INTERNAL_ERROR', brief`\`order_by\` contains duplicate fields: ${pythonList(clauses)}`);
    }
    seen.add(id);
    return order;
  });
}

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function readExperimentOrder(clauses: readonly string[]): readonly ExperimentOrder[] {
  requireFewKeys(clauses);
  return clauses.map((clause) => {
    const { identifier, ascending } = readClause(clause);
    const name = experimentIdentifier(identifier);
    if (name.of === 'tag') throw invalidParameter('Invalid order_by entity: tag');
    return { key: name.key, ascending };
  });
}

/** Of every search: each key is looked at for each thing that is found. With 64 MLflow's server fails on SQLite. */
const mostKeys = 100;

/** @throws MlflowError INVALID_PARAMETER_VALUE */
export function requireFewKeys(order: readonly unknown[]): void {
  if (order.length > mostKeys) throw invalidParameter(brief`An order_by has at most ${mostKeys} clauses.`);
}

/** A key has 250 characters, a prefix and quotes. */
const longestClause = 10_000;

/**
 * Reads `identifier [ASC|DESC]`: ascending unless it says otherwise.
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is none
 */
export function readClause(clause: string): { readonly identifier: string; readonly ascending: boolean } {
  const unreadable = (): MlflowError =>
    invalidParameter(brief`Invalid order_by clause '${clause}'. Could not be parsed.`);
  if (clause.length > longestClause || !isOneIdentifier(clause)) throw unreadable();
  const words = shellWords(clause.replaceAll('`', '"'));
  if (words === undefined || words.length > 2) throw unreadable();
  const [name = '', direction] = words;
  if (direction === undefined) return { identifier: clause.trim(), ascending: true };
  const lower = direction.toLowerCase();
  if (lower !== 'asc' && lower !== 'desc') {
    throw invalidParameter(brief`Invalid ordering key in order_by clause '${clause}'.`);
  }
  return { identifier: name.trim(), ascending: lower === 'asc' };
}

/** Whether all of the clause is one identifier, with a direction perhaps; `timestamp` is a type's name and yet counts. */
function isOneIdentifier(clause: string): boolean {
  const tokens = tokenize(clause);
  if (tokens === undefined || hasSecondStatement(clause, tokens)) return false;
  const nodes = group(clause, tokens);
  const [first, second] = nodes;
  if (first?.kind === 'identifier') return nodes.length === 1 && first.start === 0 && first.end === clause.length;
  const isTimestamp = first?.kind === 'builtin' && clause.slice(first.start, first.end) === 'timestamp';
  if (!isTimestamp || first.start > 0) return false;
  const last = nodes.at(-1);
  return last?.end === clause.length && (nodes.length === 1 || (nodes.length === 2 && second?.kind === 'order'));
}
