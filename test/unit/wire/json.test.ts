import { expect } from 'chai';
import fc from 'fast-check';
import { decodeText, parseJson, parseJsonExactly } from '../../../backend/wire/json/parse.ts';
import { dumps } from '../../../backend/wire/json/python.ts';
import { Float } from '../../../backend/wire/json/value.ts';
import type { Json } from '../../../backend/wire/json/value.ts';

describe('reading JSON', () => {
  it('keeps every digit of an int, wherever it stands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const read = parseJson(`{"step": ${value}, "steps":[${value} ,${value}]}`) as { step: Json; steps: Json[] };
        expect([read.step, ...read.steps].map(String)).to.deep.equal([`${value}`, `${value}`, `${value}`]);
      }),
    );
  });

  it('reads exactly what JSON.parse reads, where that loses nothing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const plain = JSON.stringify(JSON.parse(text));
        const exact = parseJsonExactly(text);
        expect(exact).to.not.equal(undefined);
        expect(JSON.stringify(JSON.parse(dumps(exact ?? null)))).to.equal(sorted(plain));
      }),
    );
  });

  it('accepts bare NaN and Infinity and tells an int from a float', () => {
    expect(parseJson('[NaN, Infinity, -Infinity]')).to.deep.equal([NaN, Infinity, -Infinity]);
    expect(dumps(parseJsonExactly('[1, 1.0, 1e3, 1.5, -0, -0.0, 1E400]') ?? null)).to.equal(
      '[1,1.0,1000.0,1.5,0,-0.0,Infinity]',
    );
    expect(parseJsonExactly('2.0')).to.be.instanceOf(Float);
    expect(Object.is(parseJson('-0'), 0)).to.equal(true);
  });

  it('lets the last of equal keys win and gives no key a meaning', () => {
    expect(parseJsonExactly('{"a":1,"a":2}')).to.deep.equal({ a: 2 });
    expect(Object.keys(parseJsonExactly('{"__proto__":1}') as object)).to.deep.equal(['__proto__']);
  });

  it('refuses what Python refuses', () => {
    for (const text of [
      '',
      '{',
      '[1,]',
      '{"a":1,}',
      "{'a':1}",
      '01',
      '+1',
      '1.',
      '.5',
      '"\t"',
      '"\\x"',
      '"a',
      '1 2',
      'nan',
    ]) {
      expect(parseJson(text), text).to.equal(undefined);
    }
    expect(parseJson('['.repeat(100_000))).to.equal(undefined);
    expect(parseJson('9'.repeat(4301))).to.equal(undefined);
    expect(parseJson(`[-${'9'.repeat(4300)},${'9'.repeat(4300)},0.${'9'.repeat(9000)}]`)).to.have.length(3);
  });

  it('takes UTF-8 only, with or without a byte order mark', () => {
    expect(decodeText(Buffer.from('\ufeff{"a":"é"}'))).to.equal('{"a":"é"}');
    expect(decodeText(Buffer.from([0x22, 0xff, 0x22]))).to.equal(undefined);
  });
});

/** JSON text with the keys in code point order and -0 as 0, as `dumps` of ints gives it. */
function sorted(text: string): string {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const points = (key: string): string =>
      Array.from(key, (p) => (p.codePointAt(0) ?? 0).toString().padStart(8, '0')).join();
    const keys = Object.keys(value).sort((a, b) => (points(a) < points(b) ? -1 : 1));
    return Object.fromEntries(keys.map((key) => [key, walk((value as Record<string, unknown>)[key])]));
  };
  return JSON.stringify(walk(JSON.parse(text)));
}
