import { identityHeaderPrefix, identityHeaders } from '../../backend/manifest/index.ts';
import { element, param } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Name under which the shared secret is kept in Knox's alias service. */
export const secretAlias = 'kirka-gateway-secret';

const classes = {
  kirka: {
    classname: 'org.kirka.knox.dispatch.KirkaDispatch',
    'ha-classname': 'org.kirka.knox.dispatch.KirkaHaDispatch',
  },
  stock: {
    classname: 'org.apache.knox.gateway.dispatch.DefaultDispatch',
    'ha-classname': 'org.apache.knox.gateway.ha.dispatch.DefaultHaDispatch',
  },
} as const;

/** Which dispatch service.xml names: the plugin of knox-service/dispatch, or what Knox brings. */
export type DispatchKind = keyof typeof classes;

/** The dispatch element. The plugin is told the header names here, so Java and the backend cannot drift. */
export function dispatch(kind: DispatchKind): XmlElement {
  if (kind === 'stock') return element('dispatch', classes.stock);
  return element('dispatch', classes.kirka, [
    param('userHeader', identityHeaders.user),
    param('groupsHeader', identityHeaders.groups),
    param('secretHeader', identityHeaders.secret),
    param('reservedHeaderPrefix', identityHeaderPrefix),
    param('secretAlias', secretAlias),
  ]);
}
