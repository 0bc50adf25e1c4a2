import { readFileSync } from 'node:fs';
import { topologiesFolder } from './paths.ts';

/** What an admin edits in a shipped topology. */
export interface TopologyEdits {
  readonly backendUrls: readonly string[];
  readonly ldapPort: number;
  /** Parameters to set on the service, over those that are there. */
  readonly serviceParams?: Readonly<Record<string, string>>;
  /** Version of the service definition; without it Knox takes the highest. */
  readonly version?: string;
  /** Other services that this gateway stands before. */
  readonly others?: readonly OtherService[];
}

/** A service of Knox's own, such as WEBHDFS; a role without a definition is an address that rules may name. */
export interface OtherService {
  readonly role: string;
  readonly url: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** A shipped topology with an admin's edits: `sandbox`, or `sandbox-ha` for several backends. */
export function shippedTopology(name: 'sandbox' | 'sandbox-ha', edits: TopologyEdits): string {
  const xml = readFileSync(`${topologiesFolder}${name}.xml`, 'utf8');
  const [head, service, foot] = split(xml, '<service>', '</service>');
  const urls = edits.backendUrls.map((url) => `<url>${url}</url>`).join('');
  const params = Object.keys(edits.serviceParams ?? {});
  const kept = params.reduce((text, param) => without(text, param), service.replace(/<url>[^<]*<\/url>\s*/g, ''));
  const added = paramsOf(edits.serviceParams);
  const version = edits.version === undefined ? '' : `<version>${edits.version}</version>`;
  const ldap = head.replaceAll('ldap://localhost:33389', `ldap://127.0.0.1:${String(edits.ldapPort)}`);
  const others = (edits.others ?? []).map(
    ({ role, url, params: own }) => `<service><role>${role}</role><url>${url}</url>${paramsOf(own)}</service>`,
  );
  const after = foot.replace('</service>', `</service>${others.join('')}`);
  return ldap + kept.replace('</role>', `</role>${version}${urls}`) + added + after;
}

const paramsOf = (params: Readonly<Record<string, string>> = {}): string =>
  Object.entries(params)
    .map(([name, value]) => `<param><name>${name}</name><value>${value}</value></param>`)
    .join('');

function split(xml: string, open: string, close: string): [string, string, string] {
  const start = xml.indexOf(open);
  const end = xml.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`the topology has no ${open}`);
  return [xml.slice(0, start), xml.slice(start, end), xml.slice(end)];
}

function without(service: string, param: string): string {
  return service.replace(new RegExp(`<param>\\s*<name>${param.replaceAll('.', '\\.')}</name>[\\s\\S]*?</param>`), '');
}
