import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { longestSegment } from '../../../backend/artifacts/path.ts';
import type { Bench } from '../describe-artifact-store.ts';
import { get, names, path, put } from './helpers.ts';

/** Names that are awkward in a shell, a URL, HDFS or a regular expression, and that MLflow's clients may send. */
const awkward = [
  ' lead',
  'trail ',
  'two words',
  '100%',
  'a%zz',
  'a%01b', // how a control character is kept
  'a+b',
  'a?b',
  'a&b=c',
  'a:b',
  'C:',
  'semi;colon',
  "quo'te",
  'quo"te',
  '[x]{y}',
  '*',
  '~',
  '$HOME',
  '`id`',
  '...',
  '..a',
  'a..',
  '.hidden',
  '-rf',
  '<a>',
  'a|b',
  'é',
  'e\u0301',
  '日本',
  '😀',
  '\u00a0',
  '.kirka-staging2',
];

export function describeNames(bench: Bench): void {
  describe('names', () => {
    for (const name of awkward) {
      it(`keeps ${JSON.stringify(name)} as a file and as a folder`, async () => {
        // Not at the root: a path that begins with a blank or with `C:` is read otherwise.
        await put(bench.store, `r/${name}`, name);
        await put(bench.store, `r/d/${name}/${name}`, 'below');
        expect(await get(bench.store, `r/${name}`)).to.equal(name);
        expect(await get(bench.store, `r/d/${name}/${name}`)).to.equal('below');
        expect((await bench.store.list(background, path('r'))).map((entry) => entry.name)).to.have.members([name, 'd']);
        expect(await names(bench.store, 'r/d')).to.deep.equal([`${name}/`]);
        await bench.store.remove(background, path(`r/d/${name}/${name}`));
        await bench.store.remove(background, path(`r/${name}`));
        expect(await names(bench.store, 'r')).to.deep.equal(['d/']);
      });
    }

    it('takes segments as long as a path may hold', async () => {
      const name = 'x'.repeat(longestSegment);
      await put(bench.store, `${name}/${name}`, 'x');
      expect(await names(bench.store, name)).to.deep.equal([`${name}=1`]);
    });
  });
}
