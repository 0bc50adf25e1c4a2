import type { Call } from '../../handler.ts';

/** The `{artifact_path:path}` of a call. */
export function pathOf(call: Call): string {
  return call.params['artifact_path'] ?? '';
}
