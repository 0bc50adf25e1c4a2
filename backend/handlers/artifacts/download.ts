import type { Handler } from '../../handler.ts';
import { fileReply } from './file-reply.ts';
import { pathOf } from './path-of.ts';
import { orRefusal } from './refusal-reply.ts';

export const download: Handler<'artifactProxy.download'> = (call, { artifacts }) =>
  orRefusal(async () => fileReply(call, await artifacts.open(call.context, pathOf(call))));
