import { expect } from 'chai';
import { brief, cut } from '../../backend/brief.ts';
import { MlflowError, errorBody, invalidParameter } from '../../backend/errors.ts';

describe('messages about values', () => {
  it('show what has a length that names have, and the beginning of all else', () => {
    for (const name of ['', 'a', 'n'.repeat(500), '😀'.repeat(500)]) {
      expect(brief`Name '${name}' and ${7n}.`).to.equal(`Name '${name}' and 7.`);
    }
    expect(brief`Name '${'n'.repeat(501)}'.`).to.equal(`Name '${'n'.repeat(500)}...'.`);
    expect(brief`${'😀'.repeat(501)}!`).to.equal(`${'😀'.repeat(500)}...!`);
    expect(brief`No value.`).to.equal('No value.');
    expect(cut('abc', 2)).to.equal('ab...');
  });

  it('are bounded as a whole, however they were made', () => {
    const long = 'x'.repeat(64_000_000);
    for (const error of [invalidParameter(long), new MlflowError('BAD_REQUEST', `a ${long}`)]) {
      expect(error.message)
        .to.match(/^a? ?x+\.\.\.$/)
        .and.have.length(15_003);
      expect(errorBody(error.code, error.message).length).to.be.below(16_000);
    }
  });
});
