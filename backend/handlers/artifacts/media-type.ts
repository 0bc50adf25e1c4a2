import { extensionsOf, packings, shorthands, shownAsText } from './media-types.ts';

const typeOf = new Map(
  extensionsOf.flatMap(([type, extensions]) => extensions.split(' ').map((extension) => [extension, type] as const)),
);

/** `a.tar.gz` is [`a.tar`, `gz`]. Dots that a name begins with start no extension. */
function split(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.');
  const isHidden = /^\.*$/.test(name.slice(0, Math.max(dot, 0)));
  return dot < 0 || isHidden ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** The Content-Type that MLflow's server guesses from a file's name. Case counts for text, and not for the rest. */
export function mediaType(name: string): string {
  const [stem, written] = split(name);
  if (shownAsText.has(written === '' ? name : written)) return 'text/plain';
  const longhand = shorthands[written.toLowerCase()];
  const [unpacked, extension] = longhand === undefined ? [stem, written] : split(stem + longhand);
  const type = packings.has(extension) ? split(unpacked)[1] : extension;
  return typeOf.get(type.toLowerCase()) ?? 'application/octet-stream';
}
