import { service } from '../../backend/manifest/index.ts';
import { element } from './xml.ts';
import type { XmlElement } from './xml.ts';

const { role, name } = service;

/**
 * Names of what rewrite.xml defines. Knox reads a rule's role off the part before the first `/`.
 */
export const names = {
  page: `${role}/${name}/inbound/page`,
  path: `${role}/${name}/inbound/path`,
  raw: `${role}/${name}/raw`,
} as const;

/**
 * rewrite.xml. `/gateway/<topology>/` is two segments and not `**`: that would be greedy and cut an artifact's path at
 * a folder named like the service. Never a named variable: a query parameter of its name would be pulled into the path.
 */
export function rewriteRules(): XmlElement {
  const gateway = `*://*:*/*/*/${name}`;
  const backend = `{$serviceUrl[${role}]}`;
  const rule = (ruleName: string, pattern: string, template: string): XmlElement =>
    element('rule', { dir: 'IN', name: ruleName, pattern }, [element('rewrite', { template })]);
  return element('rules', {}, [
    rule(names.page, `${gateway}?{**}`, `${backend}/?{**}`),
    rule(names.path, `${gateway}/{**}?{**}`, `${backend}/{**}?{**}`),
    // Without it Knox parses JSON, XML and HTML and writes them anew: NaN fails, artifacts change.
    element('filter', { name: names.raw }, [element('content', { type: '*/*', asType: 'application/octet-stream' })]),
  ]);
}
