import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isExposed, readAddresses, shown } from './addresses.ts';
import { AuthenticatedSender } from './authenticated.ts';
import { anonymous } from './authenticators.ts';
import type { Remote } from './contract.ts';
import { defaultLimits } from './options.ts';
import type { RemoteOptions } from './options.ts';
import { ServerGroup } from './server-group.ts';

/**
 * Opens nothing yet: connections are made as they are needed, and kept.
 * @throws TypeError where an address cannot be used, or a password would go over plain http to another machine
 */
export function openRemote(options: RemoteOptions): Remote {
  const { name, ca, authenticator = anonymous, spread = false, onAvailability = () => undefined } = options;
  const addresses = readAddresses(name, options.addresses);
  const exposed = addresses.find(isExposed);
  if (authenticator.revealing === true && exposed !== undefined) {
    throw new TypeError(`${name}: credentials would be sent in the clear to ${shown(exposed)}; use https.`);
  }
  const limits = { ...defaultLimits, ...options.limits };
  const { maxSockets, keepAlive } = limits;
  const sockets = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets, timeout: keepAlive };
  const http = new HttpAgent(sockets);
  // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment does not turn it off.
  const https = new HttpsAgent({ ...sockets, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) });
  const sender = new AuthenticatedSender(authenticator, {
    agentOf: (address) => (address.protocol === 'https:' ? https : http),
    limits,
  });
  return new ServerGroup({
    name,
    addresses,
    spread,
    limits,
    onAvailability,
    sendTo: (address, request) => sender.send(address, request),
    release: () => {
      sender.endAll();
      http.destroy();
      https.destroy();
    },
  });
}
