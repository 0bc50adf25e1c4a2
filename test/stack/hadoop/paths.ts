import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../maven.ts';

const fromHere = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where this folder is, and what is downloaded and laid out at run time. Folders end with a slash. */
export const here = fromHere('.');
export const stackFolder = fromHere('../../../.stack/hadoop/');
/** Named by what it is made from, so that servers keep theirs while a pom changes. */
export const jarsFolder = `${stackFolder}jars-${hashOf([`${here}pom.xml`, `${here}java`]).slice(0, 12)}/`;

mkdirSync(stackFolder, { recursive: true });
