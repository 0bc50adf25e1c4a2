import { z } from 'zod';

const truth = z
  .string()
  .regex(/^(true|false|1|0)$/i, 'true or false')
  .transform((text) => ['true', '1'].includes(text.toLowerCase()));

const characters = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'a number of characters')
  .transform(Number);

const schemes = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*(\s*,\s*[a-z][a-z0-9+.-]*)*$/i, 'schemes such as hdfs,viewfs')
  .transform((text): readonly string[] => text.toLowerCase().split(/\s*,\s*/));

/** What MLflow's server reads from variables of the same names; its messages tell users to have them set. */
export const mlflowSettings = {
  truncateLongValues: {
    flag: 'truncate-long-values',
    argument: 'boolean',
    env: 'MLFLOW_TRUNCATE_LONG_VALUES',
    default: 'true',
    help: 'cut params and tags that are too long; false refuses them',
    schema: truth,
  },
  artifactLocationMaxLength: {
    flag: 'artifact-location-max-length',
    argument: 'characters',
    env: 'MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH',
    default: '2048',
    help: 'longest artifact location that an experiment may be given',
    schema: characters,
  },
  allowedHostAddressedArtifactSchemes: {
    flag: 'allowed-host-addressed-artifact-schemes',
    argument: 'list',
    env: 'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES',
    help: 'schemes that name a host and may yet stand in an artifact location, such as hdfs; Kirka never opens those',
    schema: schemes,
  },
} as const;
