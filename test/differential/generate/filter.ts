import fc from 'fast-check';

type Text = fc.Arbitrary<string>;
const one = (...texts: readonly string[]): Text => fc.constantFrom(...texts);
const weighted = (...choices: readonly (readonly [weight: number, text: Text])[]): Text =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** How a search over one kind of thing may name its keys, and what it may compare them with. */
export interface FilterWords {
  /** Prefix -> the keys behind it; '' for attributes that stand alone. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly values: readonly string[];
  /** Whether a key is one of numbers. */
  readonly isNumber: (prefix: string, key: string) => boolean;
  /** Whether a key may be quoted, as each may where this is left out; one that may not is, too, now and then. */
  readonly isQuotable?: (prefix: string) => boolean;
}

/** A key with a space needs quotes, and mostly has them. */
const quotedKey = (key: string): Text =>
  weighted(
    [/\s/.test(key) ? 1 : 14, fc.constant(key)],
    [4, fc.constant(`\`${key}\``)],
    [2, fc.constant(`"${key}"`)],
    [1, fc.constant(`'${key}'`)],
  );

interface Name {
  readonly text: string;
  readonly isNumber: boolean;
}

function identifier({ keys, isNumber, isQuotable = () => true }: FilterWords): fc.Arbitrary<Name> {
  const prefixed = Object.entries(keys).flatMap(([prefix, names]) => names.map((name) => [prefix, name] as const));
  return fc.constantFrom(...prefixed).chain(([prefix, name]) =>
    weighted([1, quotedKey(name)], [isQuotable(prefix) ? 0 : 20, fc.constant(name)]).map((key) => ({
      text: prefix === '' ? key : `${prefix}.${key}`,
      isNumber: isNumber(prefix, name),
    })),
  );
}

const oddComparator = one('<>', '==', 'NOT LIKE', 'RLIKE', '~', 'Like', '=!', '=<', 'NOT ILIKE', 'not like');
const equality = one('=', '!=');
const inequality = one('>', '<', '>=', '<=');
const likeness = one('LIKE', 'ILIKE', 'like', 'ilike');
const numberComparator = weighted([4, equality], [8, inequality], [1, likeness], [1, oddComparator]);
const textComparator = weighted([8, equality], [1, inequality], [8, likeness], [1, oddComparator]);

const numbers = one(
  '0',
  '1',
  '0.5',
  '-3',
  '1e300',
  '0.9',
  '1700000001000',
  '1700000009000',
  '9007199254740993',
  '.5',
  '1.',
  '-1.5',
);
const oddNumbers = one(
  '1e3',
  '1E3',
  '-.5',
  '+1',
  '0x10',
  '1_0',
  '1e400',
  '99999999999999999999',
  'NaN',
  'inf',
  '1.5.2',
  '--1',
);

function textValue({ values }: FilterWords): Text {
  const text = fc.constantFrom(...values, '', 'x');
  const pattern = text.chain((inner) =>
    weighted(
      [3, fc.constant(inner)],
      [1, fc.constant(`${inner}%`)],
      [1, fc.constant(`%${inner}%`)],
      [1, fc.constant(inner.replace(/./u, '_'))],
    ),
  );
  const single = pattern.map((inner) => `'${inner}'`);
  const double = pattern.map((inner) => `"${inner}"`);
  return weighted([3, single], [1, double]);
}

const oddValue = one(
  ...[
    "'it''s'",
    "'it\\'s'",
    '"it\'s"',
    "'a\"b'",
    "''",
    '""',
    "'",
    '"',
    "'a",
    'x',
    '`x`',
    'null',
    'true',
    "('x')",
    '( 1 )',
  ],
);
const value = (words: FilterWords, isNumber: boolean): Text =>
  isNumber
    ? weighted([20, numbers], [2, oddNumbers], [1, textValue(words)])
    : weighted([20, textValue(words)], [1, numbers], [1, oddValue]);

function list(words: FilterWords): Text {
  const item = weighted(
    [8, fc.constantFrom(...words.values).map((inner) => `'${inner}'`)],
    [2, fc.constantFrom(...words.values).map((inner) => `"${inner}"`)],
    [1, one('1', 'x', '', 'None', "'a' 'b'", "r'x'", "'\\n'", '1.5')],
  );
  const joined = fc
    .tuple(fc.array(item, { maxLength: 4 }), one(', ', ',', ' , '))
    .map(([items, comma]) => items.join(comma));
  return weighted(
    [9, joined.map((inner) => `(${inner})`)],
    [1, one('()', "('x'", "'x')", "['x']", "(('x'))", "('x',)", "( 'x' )")],
  );
}

const not = one('IN', 'NOT IN', 'in', 'not in', 'NOT  IN', 'In');
const presence = one(
  'IS NULL',
  'IS NOT NULL',
  'is null',
  'is not null',
  'IS  NOT  NULL',
  'is',
  'IS NOT',
  'ISNULL',
  'NOT NULL',
);
const space = weighted([8, one(' ')], [1, one('  ', '\n', '\t')]);
const maybeSpace = weighted([8, one(' ')], [2, one('')]);

function clause(words: FilterWords): Text {
  return identifier(words).chain(({ text, isNumber }) => {
    const name = fc.constant(text);
    const comparator = isNumber ? numberComparator : textComparator;
    const parts: readonly (readonly [number, readonly Text[]])[] = [
      [10, [name, maybeSpace, comparator, maybeSpace, value(words, isNumber)]],
      [isNumber ? 1 : 2, [name, space, not, space, list(words)]],
      [isNumber ? 1 : 2, [name, space, presence]],
    ];
    return weighted(...parts.map(([weight, of]) => [weight, fc.tuple(...of).map((all) => all.join(''))] as const));
  });
}

const conjunction = weighted(
  [14, one(' AND ', ' and ')],
  [1, one(' OR ', ', ', ' ', ' AND AND ', '; ', ' AND NOT ', 'AND', ' && ', '\nAND\n')],
);

const noise = one(
  ...[
    "'",
    '"',
    '`',
    '(',
    ')',
    ',',
    ';',
    '.',
    ' ',
    '\\',
    '%',
    '--',
    '/*',
    '*/',
    '#',
    '*',
    '=',
    '$',
    '?',
    ':',
    '[',
    ']',
    '~',
    '^',
  ],
  ...[
    'AND',
    'NOT',
    ' OR ',
    ' IN ',
    ' AS ',
    ' WHERE ',
    ' ORDER BY ',
    ' DESC',
    'x',
    '1',
    '-1',
    'é',
    '´',
    '\u0000',
    '\n',
    '\r',
  ],
  ...[' union all ', ' join ', '$$', '::', ' case ', ' end ', ' is ', ' null '],
);

/** The text, now and then with something put in or taken out, as typing errors do. */
function damaged(text: Text): Text {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  return weighted(
    [18, text],
    [
      1,
      fc.tuple(text, place, noise).map(([whole, at, more]) => {
        const index = Math.floor(at * whole.length);
        return whole.slice(0, index) + more + whole.slice(index);
      }),
    ],
    [
      1,
      fc.tuple(text, place).map(([whole, at]) => {
        const index = Math.floor(at * whole.length);
        return whole.slice(0, index) + whole.slice(index + 1);
      }),
    ],
  );
}

/** A filter: mostly one that the server takes, in all its spellings, else one that it must refuse or misreads. */
export function filterText(words: FilterWords): Text {
  const clauses = fc.array(clause(words), { minLength: 1, maxLength: 3 });
  const joined = fc
    .tuple(clauses, fc.array(conjunction, { minLength: 2, maxLength: 2 }))
    .map(([parts, between]) => parts.reduce((text, part, index) => `${text}${between[index - 1] ?? ''}${part}`));
  return damaged(joined);
}

/** One clause of an order. */
export function orderText(words: FilterWords): Text {
  const direction = weighted(
    [6, one('', ' ASC', ' DESC')],
    [2, one(' asc', ' desc')],
    [1, one(' Desc', '  DESC', ' ', ' x', ' DESC x', ' NULLS LAST', ',')],
  );
  return damaged(fc.tuple(identifier(words), direction).map(([{ text }, way]) => text + way));
}
