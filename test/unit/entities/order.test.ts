import { expect } from 'chai';
import fc from 'fast-check';
import { compareCodePoints } from '../../../backend/entities/order.ts';

describe('the order of strings', () => {
  it('is by code point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const points = (text: string): number[] => Array.from(text, (point) => point.codePointAt(0) ?? 0);
        const [x, y] = [points(a), points(b)];
        const at = x.findIndex((point, i) => point !== y[i]);
        const expected = at === -1 ? x.length - y.length : at >= y.length ? 1 : x[at]! - y[at]!;
        expect(Math.sign(compareCodePoints(a, b))).to.equal(Math.sign(expected));
      }),
    );
  });
});
