import fc from 'fast-check';

type Fields = Readonly<Record<string, unknown>>;
type Place = readonly (string | number)[];

const long = (length: number): string => 'x'.repeat(length);

/** What may stand in place of a right value. */
const wrong: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[null, '', ' ', 'x', '1', '-1', '1.5', 'NaN', 'true', '\u0000', 'é', '{{experiment}}', '{{run}}'],
  ...[0, 1, -1, 1.5, 1e300, 2147483648, true, false],
  ...[[], ['x'], [1], [null], [{}], [[]], {}, { a: 1 }, { key: 'a' }, [{ key: 'a' }], [{ key: 'a', value: 1 }]],
  ...[long(251), long(501), long(6001), long(20_001)],
  // Python's ints, and what SQLite and JSON hold of them.
  ...['7'.repeat(4300), '7'.repeat(4301), 'x'.repeat(1001), '/'.repeat(600)],
);

type Change = { readonly kind: 'drop' | 'extra' } | { readonly kind: 'set'; readonly value: unknown };
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'drop' } as const) },
  { weight: 8, arbitrary: wrong.map((value) => ({ kind: 'set', value }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'extra' } as const) },
);

/** A request's fields with one or two of them, at any depth, missing, of another type, too long or unknown. */
export function damagedFields(fields: Fields): fc.Arbitrary<Fields> {
  const places = placesOf(fields);
  if (places.length === 0) return fc.constant(fields);
  const damage = fc.tuple(fc.constantFrom(...places), change);
  return fc
    .array(damage, { minLength: 1, maxLength: 2 })
    .map((changes) => changes.reduce((changed, [place, how]) => applied(changed, place, how) as Fields, fields));
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const key = Array.isArray(value) ? Number(name) : name;
    return [[key], ...placesOf(child).map((place) => [key, ...place])];
  });
}

/** A copy with the change made; as it is where an earlier change has taken the place away. */
function applied(value: unknown, [key, ...deeper]: Place, how: Change): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...(value as unknown[])] as unknown as Record<number, unknown>)
    : { ...value };
  if (deeper.length > 0) copy[key] = applied(copy[key], deeper, how);
  else if (how.kind === 'set') copy[key] = how.value;
  else if (how.kind === 'extra') copy[typeof key === 'number' ? key + 1 : `${key}_2`] = 'x';
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else return Object.fromEntries(Object.entries(copy).filter(([name]) => name !== key));
  return copy;
}
