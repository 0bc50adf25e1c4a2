import { expect } from 'chai';
import { background } from '../../../../backend/call-context.ts';
import { NameClaims } from '../../../../backend/stores/hbase/name-claim.ts';
import { VersionedRows } from '../../../../backend/stores/hbase/versioned-row.ts';
import { FakeHBase } from '../../../support/fake-hbase.ts';

describe('a name that one holder at a time may bear', () => {
  let bearers: Map<string, string>;
  let asked: () => Promise<void>;
  let claims: NameClaims;

  beforeEach(async () => {
    const rest = new FakeHBase().client();
    await rest.createTable('t', { attributes: {}, families: { d: {} } });
    bearers = new Map();
    asked = async () => undefined;
    claims = new NameClaims({
      rows: new VersionedRows(rest),
      table: 't',
      keyOf: (name) => `n.${name}`,
      bears: async (holder, name) => {
        const answer = bearers.get(holder) === name;
        await asked();
        return answer;
      },
    });
  });

  it('is claimed once, and again by the same operation', async () => {
    expect(await claims.claim('x', 'a', '1')).to.equal(true);
    bearers.set('a', 'x');
    expect(await claims.claim('x', 'a', '1')).to.equal(true);
    expect(await claims.claim('x', 'b', '2')).to.equal(false);
    expect(await claims.holderOf(background, 'x')).to.equal('a');
    expect(await claims.holderOf(background, 'y')).to.equal(undefined);
  });

  it('is free when its holder is called otherwise', async () => {
    await claims.claim('x', 'a', '1');
    bearers.set('a', 'y');
    expect(await claims.claim('x', 'b', '2')).to.equal(true);
    expect(await claims.holderOf(background, 'x')).to.equal('b');
  });

  it('is not taken over from a holder that has claimed it anew meanwhile', async () => {
    await claims.claim('x', 'a', '1');
    // 'b' finds that 'a' does not bear it; before it takes it over, 'a' comes back to it.
    asked = async () => {
      asked = async () => undefined;
      expect(await claims.claim('x', 'a', '2')).to.equal(true);
      bearers.set('a', 'x');
    };
    expect(await claims.claim('x', 'b', '3')).to.equal(false);
    expect(await claims.holderOf(background, 'x')).to.equal('a');
  });
});
