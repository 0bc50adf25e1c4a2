/**
 * What clients print, without what every server makes anew: ids become `<id 1>`, `<id 2>` in the order in which they appear,
 * so that which is which stays compared; times become `<time>`. Two servers are alike where this is equal.
 */
export function alike<T>(printed: T): T {
  const ids = new Map<string, string>();
  const named = (id: string): string => {
    const name = ids.get(id) ?? `<id ${String(ids.size + 1)}>`;
    ids.set(id, name);
    return name;
  };
  const text = JSON.stringify(printed)
    .replace(/\b[0-9a-f]{32}\b/g, named)
    .replace(/(?<=mlflow-artifacts:\/|experiment_id\W{1,5}|experiment-id |experiment )\d+\b/g, named)
    .replace(/\b1[6-9]\d{11}\b/g, (time) => (time.startsWith('17000000') ? time : '<time>'))
    .replace(/\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.\d]*/g, '<time>')
    .replace(databaseText, '')
    .replace(setOfKeys, '');
  return JSON.parse(text) as T;
}

/** What MLflow's server tells of its database, which is explained in docs/compatibility.md. */
const databaseText = / Error: \(sqlite3(?:[^"\\]|\\.)*/g;

/** Python prints a set in another order in each process. */
const setOfKeys = /(?<=Valid keys are )'\{.*?\}'/g;
