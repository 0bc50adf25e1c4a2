import { expect } from 'chai';
import fc from 'fast-check';
import { bounds, excessOf } from '../../../backend/wire/json/bounds.ts';
import { parseJson, parseJsonExactly } from '../../../backend/wire/json/parse.ts';
import { charactersRead } from '../../support/counting.ts';

const { levels, values } = bounds;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const list = (length: number): string => `[${Array.from({ length }, () => '1').join()}]`;

describe('bounds of JSON', () => {
  it('ends levels where MLflow ends them', () => {
    for (const depth of [1, levels]) expect(excessOf(nested(depth)), `${depth} levels`).to.equal(undefined);
    for (const depth of [levels + 1, 1_000_000]) expect(excessOf(nested(depth)), `${depth} levels`).to.equal('levels');
    expect(excessOf('{"a":'.repeat(levels + 1))).to.equal('levels');
    expect(excessOf(`[${Array.from({ length: 5000 }, () => '[]').join()}]`)).to.equal(undefined);
  });

  it('ends values of whatever kind', () => {
    expect(excessOf(list(values - 1))).to.equal(undefined);
    expect(excessOf(list(values))).to.equal('values');
    expect(excessOf(list(1_000_000))).to.equal('values');
    expect(excessOf(`{${Array.from({ length: values }, (_none, index) => `"${index}":1`).join()}}`)).to.equal('values');
    expect(excessOf('[[],'.repeat(values))).to.equal('levels');
  });

  it('counts nothing inside texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ',', 'a') }), (text) => {
        const quoted = JSON.stringify(text);
        expect(excessOf(`[${quoted},"${'['.repeat(levels)}",${quoted}]`)).to.equal(undefined);
        expect(excessOf(`[${quoted}${'['.repeat(levels)}`)).to.equal('levels');
      }),
    );
    expect(excessOf(`"${','.repeat(values + 1)}`)).to.equal(undefined);
  });

  it('reads each character a fixed number of times, whatever the text', () => {
    const hostile = ['"\\', '\\', '"', '"\\"', '\\\\"', ' ', '1', ']', '"\\\\'];
    for (const piece of hostile) {
      const text = piece.repeat(20_000);
      const reads = charactersRead(() => excessOf(text));
      expect(reads, piece).to.be.at.most(3 * text.length);
    }
  });

  it('leave no number that is too long for a pattern', () => {
    for (const parse of [parseJson, parseJsonExactly]) {
      for (const sign of ['', '-']) expect(parse(`[${sign}${'1'.repeat(40_000_000)}]`)).to.equal(undefined);
    }
  });

  it('are kept by both parsers, which read what is within them', () => {
    for (const parse of [parseJson, parseJsonExactly]) {
      expect(parse(nested(levels))).to.be.an('array');
      expect(parse(nested(levels + 1))).to.equal(undefined);
      expect(parse(`[${nested(levels - 1)},NaN,${'9'.repeat(20)}]`)).to.be.an('array');
      expect(parse(list(values - 1))).to.have.length(values - 1);
      expect(parse(list(values))).to.equal(undefined);
    }
  });
});
