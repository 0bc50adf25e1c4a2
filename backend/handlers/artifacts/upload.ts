import type { Handler } from '../../handler.ts';
import { pathOf } from './path-of.ts';
import { orRefusal } from './refusal-reply.ts';

export const upload: Handler<'artifactProxy.upload'> = (call, { artifacts }) =>
  orRefusal(async () => {
    try {
      await artifacts.save(call.context, pathOf(call), call.body);
    } finally {
      // Of an upload that was refused the rest is read away, so that the client gets to see why.
      call.body.destroy();
    }
    return { status: 200, headers: {}, body: '' };
  });
