import type { RouteSpec } from '../../backend/manifest/index.ts';
import { withoutConverter } from './mlflow-operations.ts';
import type { MlflowOperation } from './mlflow-operations.ts';

export interface AreaCoverage {
  readonly area: string;
  readonly served: readonly MlflowOperation[];
  /** Operations that the manifest lacks, on one of their surfaces at least. */
  readonly missing: readonly MlflowOperation[];
}

/** Holds a manifest against MLflow's operations, by area in the order of the list. */
export function coverage(manifest: readonly RouteSpec[], operations: readonly MlflowOperation[]): AreaCoverage[] {
  const areas = [...new Set(operations.map(({ area }) => area))];
  return areas.map((area) => {
    const all = operations.filter((operation) => operation.area === area);
    return {
      area,
      served: all.filter((operation) => isServed(manifest, operation)),
      missing: all.filter((operation) => !isServed(manifest, operation)),
    };
  });
}

function isServed(manifest: readonly RouteSpec[], { method, path, surfaces }: MlflowOperation): boolean {
  const route = manifest.find((entry) => entry.method === method && withoutConverter(entry.path) === path);
  return route !== undefined && [...surfaces].every((surface) => route.surfaces.includes(surface));
}

/** For each area how many, then what is served (+) and what is not (-); at the end the sum. */
export function report(areas: readonly AreaCoverage[]): string {
  const width = Math.max('served'.length, ...areas.map(({ area }) => area.length));
  const lines = areas.flatMap(({ area, served, missing }) => [
    `${area.padEnd(width)}  ${fraction(served.length, served.length + missing.length)}`,
    ...served.map((operation) => `    + ${named(operation)}`),
    ...missing.map((operation) => `    - ${named(operation)}`),
  ]);
  const served = areas.reduce((sum, area) => sum + area.served.length, 0);
  const missing = areas.reduce((sum, area) => sum + area.missing.length, 0);
  return [...lines, '', `${'served'.padEnd(width)}  ${fraction(served, served + missing)}`].join('\n');
}

const fraction = (part: number, whole: number): string => `${String(part).padStart(3)} of ${String(whole).padStart(3)}`;

const named = ({ method, path, surfaces }: MlflowOperation): string =>
  `${method.padEnd(6)} ${path} (${[...surfaces].sort().join(', ')})`;
