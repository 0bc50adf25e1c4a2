import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { parseIntText } from '../../wire/json/python.ts';
import { invalidValue } from '../../wire/validators.ts';

/**
 * An experiment id in its one spelling: what a client sends is read as Python's int(), so ' 07' is '7'.
 * @throws MlflowError where it is no integer
 */
export function parseExperimentId(text: string): string {
  const id = parseIntText(text);
  if (id === undefined) {
    throw invalidParameter(brief`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
  }
  return String(id);
}

const runId = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}\n?$/u;

/** Only a batch checks a run id's form. */
export function checkRunId(id: string): void {
  if (!runId.test(id)) throw invalidParameter(invalidValue('run_id', id));
}
