import type { Call } from '../../handler.ts';

/** The `{model_id}` of a call. */
export function modelIdOf(call: Call): string {
  return call.params['model_id'] ?? '';
}
