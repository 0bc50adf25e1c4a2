import type { LoggedModelInfo } from '../entities/logged-model.ts';
import { inKeyOrder } from '../entities/order.ts';
import type { LoggedModelPatch } from './contract/index.ts';

/** A logged model as a patch leaves it, for engines that keep its attributes, params and tags together. */
export function changedModel(current: LoggedModelInfo, patch: LoggedModelPatch): LoggedModelInfo {
  const { info, setParams = [], setTags = [], deleteTags = [] } = patch;
  const tags = new Map([...current.tags, ...setTags]);
  for (const key of deleteTags) tags.delete(key);
  const params = new Map([...current.params, ...setParams]);
  return { ...current, ...info, params: inKeyOrder(params), tags: inKeyOrder(tags) };
}
