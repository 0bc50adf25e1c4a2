import type { Handler } from '../../handler.ts';
import { EmptyResponse } from '../../wire/messages/empty.ts';
import { reply } from '../../wire/reply.ts';
import { pathOf } from './path-of.ts';

/** MLflow's server looks at no body here, whatever it holds. */
export const remove: Handler<'artifactProxy.delete'> = async (call, { artifacts }) => {
  await artifacts.remove(call.context, pathOf(call));
  return reply(EmptyResponse, {});
};
