import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import type { LoggedDataset } from './service.ts';

/** @throws MlflowError for the first part that is too long, in the order in which MLflow's server looks at them */
export function checkLoggedDataset({ dataset, tags }: LoggedDataset): void {
  checkLength('name', dataset.name, limits.datasetName);
  checkLength('digest', dataset.digest, limits.datasetDigest);
  checkLength('source', dataset.source, limits.datasetSource);
  checkLength('schema', dataset.schema ?? '', limits.datasetSchema);
  checkLength('profile', dataset.profile ?? '', limits.datasetProfile);
  for (const { key, value } of tags) {
    checkLength('key', key, limits.inputTagKey);
    checkLength('value', value, limits.inputTagValue);
  }
}
