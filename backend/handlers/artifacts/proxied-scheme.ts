const proxied = new Set(['http', 'https', 'mlflow-artifacts']);

/** The scheme of a location that is reached through a server of MLflow's API; undefined for any other location. */
export function proxiedScheme(artifactUri: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(artifactUri)?.[1]?.toLowerCase() ?? '';
  return proxied.has(scheme) ? scheme : undefined;
}
