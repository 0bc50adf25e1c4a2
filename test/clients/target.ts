import type { ClientVariables } from './program.ts';

/** A server for clients, and how they sign in there. */
export interface ClientTarget {
  /** The tracking URI. */
  readonly url: string;
  /** Undefined where nobody signs in: MLflow's own server. */
  readonly account?: { readonly user: string; readonly password: string };
  /** File with the certificate authority to trust, where it is TLS with one of its own. */
  readonly caFile?: string;
  readonly close: () => Promise<void>;
}

/** What a user of MLflow's Python client would set to reach a target. */
export function variablesFor({ url, account, caFile }: ClientTarget): ClientVariables {
  return {
    MLFLOW_TRACKING_URI: url,
    ...(account && { MLFLOW_TRACKING_USERNAME: account.user, MLFLOW_TRACKING_PASSWORD: account.password }),
    ...(caFile !== undefined && { MLFLOW_TRACKING_SERVER_CERT_PATH: caFile }),
  };
}
