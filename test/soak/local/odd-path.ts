import fc from 'fast-check';

/** What paths, URLs, escapes and file systems take for something else. */
const pieces = [
  ...[
    '.',
    '..',
    '/',
    '//',
    './',
    '\\',
    '%',
    '%25',
    '%2e',
    '%2F',
    '%252f',
    '%5c',
    '%00',
    '%zz',
    '%1',
    '%ff',
    '%0a',
    '%7f',
  ],
  ...[
    '#',
    '?',
    ';',
    ':',
    '&',
    '+',
    '~',
    '*',
    '$HOME',
    '[x]',
    '|',
    '"',
    "'",
    '`id`',
    '<a>',
    '-rf',
    'C:/',
    'file:',
    'http:',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\u0000',
    '\u0001',
    '\u007f',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ud800',
    'e\u0301',
    'é',
    'ẞ',
    '日本',
    '😀',
  ],
  ...[
    'a',
    'b',
    'A',
    'x.txt',
    'MLmodel',
    '.hidden',
    'aux',
    'nul',
    '.kirka-staging',
    '.Kirka-Staging',
    '.snapshot',
    'removed',
  ],
];
const joined = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((all) => all.join(''));

const name = fc.constantFrom('a', 'b', 'é', '😀', 'x y');
/** Around what a new path may have, and far beyond. */
const deep = fc
  .tuple(name, fc.constantFrom(3, 30, 90, 99, 100, 101, 400, 2000))
  .map(([one, count]) => `${one}/`.repeat(count));
const long = fc
  .tuple(name, fc.constantFrom(60, 127, 128, 250, 255, 256, 1020, 1024, 1025))
  .map(([one, count]) => one.repeat(count));

/** A path that a user may have chosen to see what comes of it. */
export const oddPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: joined },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.tuple(deep, joined).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(joined, fc.constant('/'), long).map((parts) => parts.join('')) },
);

const escaped = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const written = (text: string, plain: RegExp): string =>
  Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return plain.test(character) ? character : escaped(byte);
  }).join('');

/** The ways of writing a path into a URL: as a client should, with its slashes escaped, and as it stands. */
export const spellings: readonly ((path: string) => string)[] = [
  (path) => written(path, /[\w.~/-]/),
  (path) => written(path, /[\w.~-]/),
  // A `#` is in no request's target.
  (path) => written(path, /[!"$-~]/),
];
