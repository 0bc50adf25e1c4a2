import type { RemovalStep } from '../contract/index.ts';
import { decodeJson, encodeJson } from './values.ts';

/** The field of a record that says that what it is about is on its way out. */
const field = 'removal';

/** Spares whoever reads many records the parsing of those that do not have it. */
const mark = Buffer.from(`"${field}":"`);

/** How far the removal of a record is; undefined where it has not begun. */
export function stepIn(cell: Buffer): RemovalStep | undefined {
  if (!cell.includes(mark)) return undefined;
  const { [field]: step } = decodeJson('What is to be removed', cell);
  return step === 'begun' || step === 'decided' ? step : undefined;
}

/** The record with that step, or with none. */
export function withStep(cell: Buffer, step: RemovalStep | undefined): Buffer {
  // JSON leaves out what is undefined.
  return encodeJson({ ...decodeJson('What is to be removed', cell), [field]: step });
}
