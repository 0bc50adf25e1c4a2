import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../maven.ts';

const fromHere = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where this folder is, and what is downloaded and compiled. Folders end with a slash. */
export const here = fromHere('.');
export const stackFolder = fromHere('../../../.stack/kerberos/');
/** The jars of the KDC, in a folder named by what it is made from. */
export const jarsFolder = `${stackFolder}jars-${hashOf([`${here}pom.xml`, `${here}java`]).slice(0, 12)}/`;
/** Where npm `kerberos` is installed for the tests: the checkout's own node_modules stays a plain install. */
export const moduleFolder = `${stackFolder}module/`;

mkdirSync(moduleFolder, { recursive: true });
