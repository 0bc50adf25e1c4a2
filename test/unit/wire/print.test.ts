import { expect } from 'chai';
import fc from 'fast-check';
import { print } from '../../../backend/wire/json/print.ts';
import type { Notation } from '../../../backend/wire/json/print.ts';
import { dumps } from '../../../backend/wire/json/python.ts';
import { shownRepr, repr } from '../../../backend/wire/json/repr.ts';
import type { Json } from '../../../backend/wire/json/value.ts';
import { countingReads } from '../../support/counting.ts';

const plain: Notation = {
  text: (text) => JSON.stringify(text),
  scalar: String,
  entries: (object) => Object.entries(object),
  comma: ',',
  colon: ':',
};

describe('printing values', () => {
  it('is right up to where it need go, and tells by its length that it went no further', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 60 }), (value, most) => {
        const whole = JSON.stringify(value);
        const shown = print(value as Json, plain, most);
        expect(shown.slice(0, most)).to.equal(whole.slice(0, most));
        expect(shown.length > most).to.equal(whole.length > most);
      }),
      { numRuns: 2000 },
    );
  });

  it('spends nothing on what is not shown', () => {
    const { objects, reads } = countingReads(
      Array.from({ length: 10_000 }, () => ({ a: 'x'.repeat(50) })),
      'a',
    );
    expect(shownRepr(objects as unknown as Json)).to.have.length.within(1001, 1100);
    expect(dumps(objects as unknown as Json, 1000)).to.have.length.within(1001, 1100);
    expect(reads()).to.be.below(100);
    expect(dumps('\u0001'.repeat(1_000_000), 1000)).to.have.length.below(6100);
  });

  it('prints whole what is to be kept', () => {
    const text = 'x'.repeat(5000);
    expect(repr([text])).to.equal(`['${text}']`);
    expect(dumps([text])).to.equal(`["${text}"]`);
  });
});
