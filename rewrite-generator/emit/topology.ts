import { service } from '../../backend/manifest/index.ts';
import { passwordCacheFile } from './password-cache.ts';
import { element, param, text } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One provider of a topology; Knox keeps the parameters of a shared provider sorted by name. */
export interface Provider {
  readonly role: string;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * LDAP by Shiro, no session. Knox's default session cookie keeps the first user of a process logged in whatever
 * password follows. The names sort so that nothing is referred to before it is set: Knox sorts a shared provider's
 * parameters by name, and Shiro reads them in order.
 */
const authentication: Provider = {
  role: 'authentication',
  name: 'ShiroProvider',
  params: {
    'main.cacheManager': 'org.apache.knox.gateway.shirorealm.KnoxCacheManager',
    // Else Knox 2.1 and later believe a password as long as it is used every two minutes. Earlier ones do not read it.
    'main.cacheManager.cacheManagerConfigFile': `classpath:${passwordCacheFile}`,
    'main.kirkaSessions': 'org.apache.shiro.web.session.mgt.DefaultWebSessionManager',
    'main.kirkaSessions.globalSessionTimeout': '60000',
    'main.kirkaSessions.sessionIdCookieEnabled': 'false',
    'main.kirkaSessions.sessionIdUrlRewritingEnabled': 'false',
    'main.ldapContextFactory': 'org.apache.knox.gateway.shirorealm.KnoxLdapContextFactory',
    'main.ldapRealm': 'org.apache.knox.gateway.shirorealm.KnoxLdapRealm',
    'main.ldapRealm.authenticationCachingEnabled': 'true',
    'main.ldapRealm.contextFactory': '$ldapContextFactory',
    'main.ldapRealm.contextFactory.authenticationMechanism': 'simple',
    'main.ldapRealm.contextFactory.url': 'ldap://localhost:33389',
    'main.ldapRealm.userDnTemplate': 'uid={0},ou=people,dc=hadoop,dc=apache,dc=org',
    'main.securityManager.cacheManager': '$cacheManager',
    // Else every answer sets a cookie, if only to delete it, and a cookie of that name is taken as a proof of identity.
    'main.securityManager.rememberMeManager': 'null',
    'main.securityManager.sessionManager': '$kirkaSessions',
    'urls./**': 'authcBasic',
  },
};

/**
 * The user, and the groups that Hadoop's mapping finds in LDAP, which remembers them for five minutes. Where nobody needs
 * groups, `Default` without parameters names the user alone.
 */
const identityAssertion: Provider = {
  role: 'identity-assertion',
  name: 'HadoopGroupProvider',
  params: {
    'hadoop.security.group.mapping': 'org.apache.hadoop.security.LdapGroupsMapping',
    'hadoop.security.group.mapping.ldap.base': 'dc=hadoop,dc=apache,dc=org',
    'hadoop.security.group.mapping.ldap.bind.password': 'guest-password',
    'hadoop.security.group.mapping.ldap.bind.user': 'uid=guest,ou=people,dc=hadoop,dc=apache,dc=org',
    'hadoop.security.group.mapping.ldap.search.attr.group.name': 'cn',
    'hadoop.security.group.mapping.ldap.search.attr.member': 'member',
    'hadoop.security.group.mapping.ldap.search.filter.group': '(objectClass=groupOfNames)',
    'hadoop.security.group.mapping.ldap.search.filter.user': '(&(objectClass=person)(uid={0}))',
    'hadoop.security.group.mapping.ldap.url': 'ldap://localhost:33389',
  },
};

const highAvailability: Provider = {
  role: 'ha',
  name: 'HaProvider',
  params: { [service.role]: 'enabled=true;maxFailoverAttempts=3;failoverSleep=1000' },
};

/** The providers of the shipped topology; with `ha` also Knox's, which makes it use the dispatch's ha-classname. */
export function providers({ ha }: { readonly ha: boolean }): readonly Provider[] {
  return [authentication, identityAssertion, ...(ha ? [highAvailability] : [])];
}

/**
 * Limits of each route's HTTP client, which is a path's own: MLflow's client waits 120 s, Knox's default is 20 s. The
 * connections bound one operation, not the service.
 */
export const serviceParams: Readonly<Record<string, string>> = {
  'httpclient.connectionTimeout': '5s',
  'httpclient.maxConnections': '32',
  'httpclient.socketTimeout': '120s',
};

/** Where the backend listens by default. */
export const backendUrl = 'http://localhost:5080';
const secondBackendUrl = 'http://localhost:5081';

/** A topology for the demo LDAP, and for one backend, or with `ha` for two. */
export function topology(options: { readonly ha: boolean }): XmlElement {
  const entries = (params: Readonly<Record<string, string>>): XmlElement[] =>
    Object.entries(params).map(([name, value]) => param(name, value));
  const urls = options.ha ? [backendUrl, secondBackendUrl] : [backendUrl];
  return element('topology', {}, [
    element(
      'gateway',
      {},
      providers(options).map(({ role, name, params }) =>
        element('provider', {}, [text('role', role), text('name', name), text('enabled', 'true'), ...entries(params)]),
      ),
    ),
    element('service', {}, [
      text('role', service.role),
      ...urls.map((url) => text('url', url)),
      ...entries(serviceParams),
    ]),
  ]);
}
