import { readFileSync } from 'node:fs';
import type { Surface } from '../../backend/manifest/index.ts';

/** One operation of MLflow's server: a method and a path, on all its surfaces. */
export interface MlflowOperation {
  readonly area: string;
  readonly method: string;
  /** Behind the surface's prefix; `{name}` for a parameter, whatever its converter. */
  readonly path: string;
  readonly surfaces: ReadonlySet<Surface>;
}

/** FastAPI's `{x:path}` and Flask's `{x}` are two spellings of one path; the server registers some operations in both. */
export const withoutConverter = (path: string): string => path.replaceAll(/:path\}/g, '}');

/** Reads the list of MLflow's operations (tab-separated: area, method, path, surfaces); twins become one. */
export function parseOperations(text: string): MlflowOperation[] {
  const operations = new Map<string, MlflowOperation>();
  const [, ...rows] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const row of rows) {
    const [area, method, spelled, list] = row.split('\t') as [string, string, string, string];
    const path = withoutConverter(spelled);
    const key = `${method} ${path}`;
    const surfaces = new Set([...(operations.get(key)?.surfaces ?? []), ...(list.split(',') as Surface[])]);
    operations.set(key, { area, method, path, surfaces });
  }
  return [...operations.values()];
}

/** The operations that MLflow 3.17.2's server registers. */
export const mlflowOperations = (): MlflowOperation[] =>
  parseOperations(readFileSync(new URL('../data/mlflow-3.17-endpoints.tsv', import.meta.url), 'utf8'));
