/**
 * What a client printed, without what every server makes anew: ids become `<id 1>`, `<id 2>` in the order in which they
 * appear, so that which is which stays compared; times become `<time>`. Two servers are alike where this is equal.
 */
export function alike<T>(printed: T): T {
  const ids = new Map<string, string>();
  const named = (id: string): string => {
    const name = ids.get(id) ?? `<id ${String(ids.size + 1)}>`;
    ids.set(id, name);
    return name;
  };
  const plain = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => plain(one));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(entries.map(([name, one]) => [name, plain(one, name)]));
    }
    if (typeof value === 'number') return moment.test(String(value)) ? '<time>' : value;
    if (typeof value !== 'string') return value;
    if (key === 'experiment_id') return named(value);
    return value
      .replace(/\b[0-9a-f]{32}\b/g, named)
      .replace(/(?<=mlflow-artifacts:\/|experiments\/|experiment-id |experiment |with id )\d+\b/g, named)
      .replace(moment, '<time>')
      .replace(/\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.\d]*/g, '<time>')
      .replace(databaseText, '')
      .replace(setOfKeys, '');
  };
  return plain(printed) as T;
}

/** Milliseconds that are no programme's own: those begin with 17000000. */
const moment = /\b(?!17000000)1[6-9]\d{11}\b/;

/** What MLflow's server tells of its database, which is explained in docs/compatibility.md. */
const databaseText = / Error: \(sqlite3[^]*/;

/** Python prints a set in another order in each process. */
const setOfKeys = /(?<=Valid keys are )'\{.*?\}'/g;
