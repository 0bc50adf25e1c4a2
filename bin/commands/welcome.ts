import { service } from '../../backend/manifest/index.ts';
import { demoUsers } from '../../knox-service/local-gateway/index.ts';

/** What is told of a gateway that has started. */
interface Started {
  /** Scheme, host and port. */
  readonly url: string;
  readonly topology: string;
  readonly dataFolder: string;
  readonly users?: string | undefined;
  readonly certificate?: { readonly certFile: string } | undefined;
}

/** What `kirka start` prints: the lines to paste into a shell and into Python. */
export function welcome({ url, topology, dataFolder, users, certificate }: Started): string {
  const address = url.replace(/\/\/(127\.0\.0\.1|\[::1\]|0\.0\.0\.0|\[::\]):/, '//localhost:');
  const [user, password] = users === undefined ? ['guest', 'guest-password'] : ['<name>', '<password>'];
  const who =
    users === undefined
      ? `Users ${Object.keys(demoUsers).join(', ')}; the password of each is <name>-password.`
      : `Users from ${users}.`;
  return `Kirka is ready. Data in ${dataFolder}. ${who}

In a shell:
  export MLFLOW_TRACKING_URI=${address}/gateway/${topology}/${service.name}
  export MLFLOW_TRACKING_USERNAME=${user ?? ''}
  export MLFLOW_TRACKING_PASSWORD=${password ?? ''}
${certificate ? `  export MLFLOW_TRACKING_SERVER_CERT_PATH=${certificate.certFile}\n` : ''}
In Python, started from that shell:
  import mlflow
  with mlflow.start_run():
      mlflow.log_param("alpha", 0.5)
      mlflow.log_metric("loss", 0.1)

Ctrl-C stops it.
`;
}
