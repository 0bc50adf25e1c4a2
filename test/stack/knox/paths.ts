import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../maven.ts';

const fromHere = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where this folder, the checkout, and what is downloaded and laid out at run time are. */
export const here = fromHere('.');
export const checkout = fromHere('../../../');
export const stackFolder = `${checkout}.stack/knox/`;
/** Named by what it is made from, so that servers keep theirs while a pom changes. */
export const jarsFolder = `${stackFolder}jars-${hashOf([`${here}pom.xml`, `${here}ldap`]).slice(0, 12)}/`;
export const dispatchFolder = `${checkout}knox-service/dispatch/`;
export const dispatchJar = `${dispatchFolder}target/kirka-knox-dispatch.jar`;
/** The service definition that the generator wrote: data/services/kirka/<version>. */
export const serviceFolder = `${checkout}knox-service/kirka/`;
/** What the generator wrote for Knox's own conf/, which is in the dispatch's jar, too. */
export const confFolder = `${checkout}knox-service/conf/`;
export const topologiesFolder = `${checkout}knox-service/topologies/`;

mkdirSync(stackFolder, { recursive: true });
