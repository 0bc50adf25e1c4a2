import { expect } from 'chai';
import { explain } from '../../wire/differences.ts';
import { explained } from '../../wire/explained.ts';
import { readRecording } from '../../wire/recording.ts';
import { groups } from '../../wire/sequences/index.ts';

const place = { group: 'g', sequence: 's', step: 1 };
const recorded = { request: 'GET /', answer: '500 text/html', body: 'oops' };

describe('explained differences', () => {
  it('stand in the place of the recorded answer', () => {
    const ours = { answer: '400 application/json', body: {} };
    const difference = { group: 'g', sequence: 's', reason: 'why', ours: { 1: ours } };
    expect(explain(recorded, place, [difference])).to.deep.equal({ ...recorded, ...ours });
    expect(explain(recorded, { ...place, step: 2 }, [difference])).to.equal(recorded);
  });

  it('must differ', () => {
    const gone = { group: 'g', sequence: 's', reason: 'why', ours: { 1: { body: 'oops' } } };
    expect(() => explain(recorded, place, [gone])).to.throw('no longer differs');
  });

  it('name recorded steps, and differ from them', () => {
    for (const { group, sequence, ours } of explained) {
      for (const step of Object.keys(ours).map(Number)) {
        const exchange = readRecording(group)[sequence]?.[step];
        if (!exchange) throw new Error(`no step ${String(step)} in '${sequence}' of ${group}`);
        expect(explain(exchange, { group, sequence, step })).to.not.deep.equal(exchange);
      }
    }
  });
});

describe('the recording', () => {
  for (const [group, sequences] of Object.entries(groups)) {
    it(`of ${group} is of these sequences, each by a name of its own`, () => {
      expect(Object.keys(readRecording(group))).to.deep.equal(sequences.map(({ name }) => name));
    });
  }

  it('is of at least 170 sequences', () => {
    expect(Object.values(groups).flat().length).to.be.at.least(170);
  });
});
