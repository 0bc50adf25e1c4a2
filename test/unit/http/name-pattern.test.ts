import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { matchesOne } from '../../../backend/http/name-pattern.ts';

const asked = JSON.parse(readFileSync(new URL('../../data/host-patterns.json', import.meta.url), 'utf8')) as [
  string,
  string,
  boolean,
][];

describe('patterns of hosts and origins', () => {
  it("are read as MLflow's server reads them", () => {
    const wrong = asked.filter(([pattern, name, allowed]) => name !== '' && matchesOne([pattern], name) !== allowed);
    expect(asked.length).to.be.greaterThan(800);
    expect(wrong).to.deep.equal([]);
  });

  it('cost no more than their lengths, whatever they are', () => {
    const name = `${'a'.repeat(5000)}!`;
    expect(matchesOne([`${'*a'.repeat(500)}b`], name)).to.equal(false);
    expect(matchesOne([`${'*a'.repeat(500)}*`], name)).to.equal(true);
  });
});
