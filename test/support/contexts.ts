import { background } from '../../backend/call-context.ts';
import type { CallContext } from '../../backend/call-context.ts';

/** The context of what a user asks. */
export const asUser = (user: string | undefined): CallContext => ({ ...background, caller: { user, groups: [] } });

/** A context that a test ends. */
export const endedBy = (signal: AbortSignal): CallContext => ({ ...background, signal });
