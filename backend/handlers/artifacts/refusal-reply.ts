import type { Reply } from '../../handler.ts';
import { ProxyRefusal } from '../../services/artifacts.ts';

/** Runs `work`; what the proxy refuses is answered in the form that its endpoints have for it: `{"detail": ...}`. */
export async function orRefusal(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProxyRefusal)) throw error;
    const body = JSON.stringify({ detail: error.message });
    return { status: error.status, headers: { 'content-type': 'application/json' }, body };
  }
}
