import { manifest } from '../../backend/manifest/index.ts';
import { coverage, report } from './coverage.ts';
import { mlflowOperations } from './mlflow-operations.ts';

/** `npm run coverage:api`: what of MLflow's API the manifest serves, by area. */
console.log(report(coverage(manifest, mlflowOperations())));
