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

const unknown = 'application/octet-stream';

/** The Content-Type that MLflow's server guesses from a file's name. Case counts for text, and not for the rest. */
export function mediaType(name: string): string {
  const written = split(name)[1];
  return shownAsText.has(written === '' ? name : written) ? 'text/plain' : guessed(name);
}

/** As Python's `mimetypes`, which takes a name with a colon for a URL: of `data:` it reads the type that stands in it. */
function guessed(name: string): string {
  const [, scheme = '', path = name] = /^([^:]+):(.*)$/s.exec(name) ?? [];
  // A type has a slash, which no name has; without one it is text.
  if (scheme.toLowerCase() === 'data') return path.includes(',') ? 'text/plain' : unknown;
  let [stem, extension] = split(path);
  for (let longhand; (longhand = shorthands[extension.toLowerCase()]) !== undefined;) {
    [stem, extension] = split(stem + longhand);
  }
  const type = packings.has(extension) ? split(stem)[1] : extension;
  return typeOf.get(type.toLowerCase()) ?? unknown;
}
