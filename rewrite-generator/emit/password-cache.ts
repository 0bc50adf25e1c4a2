import { element, text } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Name of the file that the topology tells Shiro of; in Knox's `conf/`, and in the dispatch's jar. */
export const passwordCacheFile = 'kirka-ehcache.xml';

/** Seconds that a password which LDAP accepted is believed without asking again, however often it is used. */
const passwordCacheSeconds = 120;

/** The configuration of Ehcache 3, which Knox has since 2.1: for its cache of passwords, in memory alone. */
export function passwordCache(): XmlElement {
  return element('config', { xmlns: 'http://www.ehcache.org/v3' }, [
    // The template that Knox makes its caches of.
    element('cache-template', { name: 'defaultCacheConfiguration' }, [
      element('expiry', {}, [text('ttl', String(passwordCacheSeconds), { unit: 'seconds' })]),
      text('heap', '10000', { unit: 'entries' }),
    ]),
  ]);
}
