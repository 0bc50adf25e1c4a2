import { expect } from 'chai';
import fc from 'fast-check';
import { NumberText, parseExact, printExact } from '../../wire/exact-json.ts';

const number = (text: string) => new NumberText(text);

describe('exact JSON', () => {
  it('keeps the spelling of a number', () => {
    expect(parseExact('[1, 1.0, 1e3, -0.0, 9007199254740993]')).to.deep.equal(
      ['1', '1.0', '1e3', '-0.0', '9007199254740993'].map(number),
    );
    expect(parseExact('1')).to.not.deep.equal(parseExact('1.0'));
  });

  it('reads what Python writes beyond the standard, and prints it as JSON', () => {
    expect(printExact(parseExact('{"a": NaN, "b": [-Infinity, Infinity]}'))).to.equal(
      '{ "a": { "bare": "NaN" }, "b": [{ "bare": "-Infinity" }, { "bare": "Infinity" }] }',
    );
  });

  it('refuses what is no JSON', () => {
    for (const text of ['', '{', '[1,]', '{"a" 1}', '{a: 1}', '1 2', '"a', '01', 'nul', "'a'", '{"a":}']) {
      expect(() => parseExact(text), text).to.throw(SyntaxError);
    }
  });

  it('reads back what it printed, as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const printed = printExact(parseExact(text));
        expect(JSON.parse(printed)).to.deep.equal(JSON.parse(text));
        expect(printExact(parseExact(printed))).to.equal(printed);
      }),
    );
  });

  it('breaks what does not fit into a line', () => {
    const long = 'x'.repeat(100);
    expect(printExact({ a: long, b: [number('1')] })).to.equal(`{\n  "a": "${long}",\n  "b": [1]\n}`);
  });
});
