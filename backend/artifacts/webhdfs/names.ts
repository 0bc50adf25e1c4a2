import { parseArtifactPath } from '../path.ts';
import { ArtifactError } from '../contract.ts';

/** Most bytes of UTF-8 in one name of HDFS, unless its administrator chose another limit. */
const longestName = 255;

/**
 * What stands for itself in HDFS: letters, digits and marks of any script, and the signs that file names are full of and
 * that neither HDFS, nor a URL, nor Knox's rewriting, nor a shell's glob takes for something else.
 */
const plain = /^[\p{L}\p{M}\p{N} ._=,@()-]$/u;

/** Names that HDFS keeps for itself. */
const kept = new Set(['.snapshot', '.reserved']);

const encoded = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `~${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/**
 * An artifact's name as HDFS keeps it: what is not plain becomes `~XX`, a byte of its UTF-8 in hex, as `a:b` becomes
 * `a~3Ab`. HDFS itself refuses `:`, and `.snapshot` as a name. Reversible; ordinary names stay as they are.
 * @throws ArtifactError 'bad-path' where it grows too long for HDFS
 */
export function toHdfsName(name: string): string {
  const blankAt = (index: number): boolean => name[index] === ' ' && (index === 0 || index === name.length - 1);
  let result = kept.has(name) ? encoded('.') + name.slice(1) : '';
  if (result === '') {
    let index = 0;
    for (const character of name) {
      // Beyond the basic plane Java counts two characters, and a blank at an end is lost on the way through many tools.
      const itself = plain.test(character) && character.length === 1 && !blankAt(index);
      result += itself ? character : encoded(character);
      index += character.length;
    }
  }
  if (Buffer.byteLength(result) > longestName) {
    throw new ArtifactError('bad-path', `Artifact name is too long for HDFS: '${name.slice(0, 40)}...'`);
  }
  return result;
}

/**
 * The artifact's name that HDFS keeps as `hdfsName`; undefined where Kirka would not have written it so. Then no path
 * leads to it, and no list may show it.
 */
export function fromHdfsName(hdfsName: string): string | undefined {
  const name = hdfsName.replace(/(?:~[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('~', ''), 'hex').toString());
  try {
    return toHdfsName(name) === hdfsName && parseArtifactPath(`x/${name}`) === `x/${name}` ? name : undefined;
  } catch {
    return undefined;
  }
}
