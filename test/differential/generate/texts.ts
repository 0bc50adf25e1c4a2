import fc from 'fast-check';

const repeated = (text: string, times: number): string => text.repeat(times);

/** Mostly what people write, sometimes what a server must refuse or take care of. */
export const mostly = <T>(usual: readonly T[], odd: readonly T[], weight = 9): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

/** Keys of params, tags and metrics. */
export const key = mostly(
  ['a', 'b', 'val/loss', 'c d', 'e.f'],
  [
    ...[
      '',
      '.',
      '..',
      '../a',
      'a/../b',
      '/a',
      'a/',
      'a//b',
      './a',
      'a\n',
      'a\tb',
      'a"b',
      "a'b",
      'a\\b',
      'é',
      '日本',
      '😀',
    ],
    ...['a:b', 'a-b', 'A', 'mlflow.runName', 'mlflow.user', repeated('k', 250), repeated('k', 251), repeated('é', 251)],
  ],
);

/** Values of params and tags. */
export const value = mostly(
  ['x', 'y', '0.1', 'X', ''],
  [
    ...["it's", '"', '\\', 'a\nb', '\u0000', 'é', '😀', ' ', 'null', '{"a": 1}'],
    ...[repeated('v', 6000), repeated('v', 6001), repeated('v', 8000), repeated('v', 8001), repeated('😀', 6001)],
  ],
);

export const metricValue = mostly<unknown>(
  [0.5, 1, 0, -1, 'NaN', 'Infinity', '-Infinity'],
  [1e300, 5e-324, '0.1', '1e400', '-0', 'nan', ' 1 ', '1_0', 'x', true, null, [], {}, ''],
);

export const timestamp = mostly<unknown>(
  [1700000000000, 1700000000001, 1, 0],
  [-1, '1700000000000', 1.5, 2.0, '1.0', 1e18, '9223372036854775807', '9223372036854775808', 1e19, true, null, 'x', ''],
);

export const step = mostly<unknown>(
  [0, 1, 2, 3, undefined],
  [-1, '5', 1.5, '9223372036854775807', '-9223372036854775808', '9223372036854775808', true, null, 'x', ''],
);

export const userId = mostly(['ada', ''], ['bob', 'é', repeated('u', 256), repeated('u', 257)]);

export const runName = mostly(['one', 'two', ''], ['é 😀', ' ', 'a/b', repeated('n', 250), repeated('n', 251)]);

/** An object without the entries that are undefined: JSON has none. */
export const present = <T extends Readonly<Record<string, unknown>>>(fields: T): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));

/** Now and then left out. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 4 });
