import { z } from 'zod';

const names = z
  .string()
  .regex(/[^\s,]/, 'names, separated by commas')
  .transform((text): readonly string[] =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** Which pages in users' browsers may do what: flags and variables of MLflow's server, with its patterns. */
export const browserSettings = {
  allowedHosts: {
    flag: 'allowed-hosts',
    argument: 'list',
    env: 'MLFLOW_SERVER_ALLOWED_HOSTS',
    help: 'Host headers to serve, port included; * is any text; unset: of loopback, or any behind a gateway',
    schema: names,
  },
  corsAllowedOrigins: {
    flag: 'cors-allowed-origins',
    argument: 'list',
    env: 'MLFLOW_SERVER_CORS_ALLOWED_ORIGINS',
    help: 'other origins whose pages may read and write, such as https://app.example.org,https://*.example.net',
    schema: names,
  },
} as const;
