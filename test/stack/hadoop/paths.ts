import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fromHere = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where this folder is, and what is downloaded and laid out at run time. Folders end with a slash. */
export const here = fromHere('.');
export const stackFolder = fromHere('../../../.stack/hadoop/');
export const jarsFolder = `${stackFolder}jars/`;

mkdirSync(stackFolder, { recursive: true });
