import { expect } from 'chai';
import { parseAge } from '../../../backend/services/gc/age.ts';

describe('the age that gc takes', () => {
  it('is read as mlflow gc reads it', () => {
    expect(parseAge('30d')).to.equal(30 * 86_400_000);
    expect(parseAge('2d8h5m20s')).to.equal(2 * 86_400_000 + 8 * 3_600_000 + 5 * 60_000 + 20_000);
    expect(parseAge('1.5h')).to.equal(5_400_000);
    expect(parseAge('0s')).to.equal(0);
    for (const text of ['', '30', 'd', '5s2m', '-1d', '1w', '1d ', '.d'])
      expect(parseAge(text), text).to.equal(undefined);
  });
});
