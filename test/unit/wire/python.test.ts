import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { floatRepr, parseFloatText, parseIntText, quote } from '../../../backend/wire/json/python.ts';
import { repr, shownBytes } from '../../../backend/wire/json/repr.ts';

const recorded = JSON.parse(readFileSync(new URL('../../data/python-floats.json', import.meta.url), 'utf8')) as [
  string,
  string,
][];

describe("Python's notation", () => {
  it(`prints ${recorded.length} doubles as CPython printed them`, () => {
    for (const [bits, repr] of recorded) expect(floatRepr(Buffer.from(bits, 'hex').readDoubleBE())).to.equal(repr);
  });

  it('prints doubles so that they read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Object.is(parseFloatText(floatRepr(value)), value)).to.equal(true);
      }),
    );
  });

  it('quotes any string in ASCII so that it reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const quoted = quote(text);
        expect(JSON.parse(quoted)).to.equal(text);
        expect(/^[ -~]*$/.test(quoted)).to.equal(true);
      }),
    );
  });

  it("reads what Python's float() reads", () => {
    const read: [string, number][] = [
      [' 1.5\n', 1.5],
      ['1_000.5', 1000.5],
      ['.5', 0.5],
      ['5.', 5],
      ['+1e3', 1000],
      ['-Infinity', -Infinity],
      ['InF', Infinity],
      ['NaN', NaN],
    ];
    for (const [text, value] of read) expect(Object.is(parseFloatText(text), value), text).to.equal(true);
    for (const text of ['', '.', '1__0', '_1', '0x1', '1,5', 'infin'])
      expect(parseFloatText(text), text).to.equal(undefined);
  });

  it("reads what Python's int() reads", () => {
    expect(parseIntText('\t-1_0\n')).to.equal(-10n);
    expect(parseIntText('+9007199254740993')).to.equal(9007199254740993n);
    for (const text of ['', '1.0', '1e3', '1_', '--1']) expect(parseIntText(text), text).to.equal(undefined);
  });

  it('reads no int of more digits than CPython reads, and any float', () => {
    const digits = '7'.repeat(4300);
    expect(String(parseIntText(digits))).to.equal(digits);
    expect(String(parseIntText(` -${digits}\n`))).to.equal(`-${digits}`);
    expect(String(parseIntText(digits.split('').join('_')))).to.equal(digits);
    for (const text of [`${digits}7`, `-0${digits}`, `${digits}_7`, '0'.repeat(4301), '7'.repeat(4_000_000)]) {
      expect(parseIntText(text)).to.equal(undefined);
    }
    expect(parseFloatText(`0.${digits}${digits}`)).to.equal(7 / 9);
    expect(parseFloatText('7'.repeat(100_000))).to.equal(Infinity);
  });

  // As long as a part could match in two ways, each of these took hours.
  it('gives up on a text that is no number without trying everything', () => {
    for (const text of ['1'.repeat(99_000), '1_'.repeat(49_000), '1'.repeat(99_000) + '.', ' '.repeat(99_000)]) {
      expect(parseFloatText(`${text}x`)).to.equal(undefined);
      expect(parseIntText(`${text}x`)).to.equal(undefined);
    }
    const tooLong = `${'1_'.repeat(15_000_000)}1`;
    expect(parseFloatText(tooLong)).to.equal(undefined);
    expect(parseIntText(tooLong)).to.equal(undefined);
  });

  it("shows values as Python's repr() does", () => {
    // Each right side was printed by CPython.
    expect(repr(["it's", 'a"b', '\'"', 'é\n\t\\', '\u0000\u200b\u00a0', '\u{1f600}\u{e0001}'])).to.equal(
      `["it's", 'a"b', '\\'"', 'é\\n\\t\\\\', '\\x00\\u200b\\xa0', '\u{1f600}\\U000e0001']`,
    );
    expect(repr({ a: [null, true, 1.5, 2n ** 70n], b: {} })).to.equal(
      "{'a': [None, True, 1.5, 1180591620717411303424], 'b': {}}",
    );
    expect(shownBytes(Buffer.from([0x69, 0xb7, 0x1d, 0x27, 0x0a]))).to.equal(`b"i\\xb7\\x1d'\\n"`);
  });
});
