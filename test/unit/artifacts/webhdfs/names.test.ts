import { expect } from 'chai';
import fc from 'fast-check';
import { parseArtifactPath, segmentsOf } from '../../../../backend/artifacts/path.ts';
import { ArtifactError } from '../../../../backend/artifacts/contract.ts';
import { fromHdfsName, toHdfsName } from '../../../../backend/artifacts/webhdfs/names.ts';
import { toHdfsUser } from '../../../../backend/artifacts/webhdfs/users.ts';

describe('names in HDFS', () => {
  it('leaves ordinary names as they are', () => {
    for (const name of ['model.pkl', 'MLmodel', 'confusion matrix (2).png', 'epoch=3,step=7.ckpt', 'größe', '日本']) {
      expect(toHdfsName(name)).to.equal(name);
    }
  });

  it('escapes what HDFS, a URL, Knox or a glob takes for something else', () => {
    for (const [name, kept] of [
      ['a:b', 'a~3Ab'],
      ['100%', '100~25'],
      ['[x]{y}', '~5Bx~5D~7By~7D'],
      ['~', '~7E'],
      ['a+b', 'a~2Bb'],
      ['😀', '~F0~9F~98~80'],
      [' lead', '~20lead'],
      ['.snapshot', '~2Esnapshot'],
    ] as const) {
      expect(toHdfsName(name)).to.equal(kept);
      expect(fromHdfsName(kept)).to.equal(name);
    }
  });

  it('gives every name of a path back, and no two the same', () => {
    const written = new Map<string, string>();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        let names: readonly string[];
        try {
          names = segmentsOf(parseArtifactPath(`x/${text}`)).slice(1);
        } catch (error) {
          fc.pre(!(error instanceof ArtifactError));
          throw error;
        }
        for (const name of names) {
          const kept = toHdfsName(name);
          expect(fromHdfsName(kept)).to.equal(name);
          expect(written.get(kept) ?? name).to.equal(name);
          expect(kept).to.match(/^[\p{L}\p{M}\p{N} ._=,@()~-]+$/u);
          written.set(kept, name);
        }
      }),
    );
  });

  it('shows nothing that no path leads to', () => {
    for (const kept of ['a+b', '~41', '~3a', 'a~', '~2F', '~2E~2E', '..', '~FF', 'a~253Ab', '~23']) {
      expect(fromHdfsName(kept), kept).to.equal(undefined);
    }
  });

  it('refuses what grows too long', () => {
    expect(() => toHdfsName('%'.repeat(86)))
      .to.throw(ArtifactError, 'too long')
      .with.property('problem', 'bad-path');
  });
});

describe('users of HDFS', () => {
  const none: ReadonlySet<string> = new Set();

  it('takes a user whom HDFS takes, and cuts off a domain that was named alone', () => {
    expect(toHdfsUser('alice', none)).to.equal('alice');
    expect(toHdfsUser('alice@EXAMPLE.com', new Set(['example.com']))).to.equal('alice');
    for (const user of [
      'alice@example.com',
      'alice@other.com',
      'a b',
      '@example.com',
      '',
      'hdfs&op=DELETE',
      undefined,
    ]) {
      expect(() => toHdfsUser(user, new Set(user === 'alice@example.com' ? [] : ['example.com'])), String(user))
        .to.throw(ArtifactError)
        .with.property('problem', 'forbidden');
    }
  });
});
