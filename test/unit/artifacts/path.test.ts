import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import {
  decodeArtifactPath,
  longestPath,
  longestSegment,
  mostSegments,
  parseArtifactPath,
  requireShort,
} from '../../../backend/artifacts/path.ts';

/** The path, or undefined where it is refused. */
function parsed(text: string): string | undefined {
  try {
    return parseArtifactPath(text);
  } catch (error) {
    expect(error).to.be.instanceOf(ArtifactError).with.property('problem', 'bad-path');
    return undefined;
  }
}

/** What MLflow 3.17.2's `validate_path_is_safe` refuses on Linux, and what we refuse beside it. */
const refusedByMlflow = [
  ...['..', '../x', 'x/..', 'x/../y', 'x/../../y', './..', '..//x'],
  ...['%2e%2e', '%2E%2e/x', '.%2e/x', 'x%2f..%2fy', '%2e%2e%2fx', '%252e%252e%252fx', '%25252e.', '..%2fx'],
  ...['/', '/etc/passwd', '//host/x', '%2fetc', '%252Fetc'],
  ...['C:/x', 'c:/', 'C%3A/x', 'C:%2fx'],
  ...['file:x', 'file:/x', 'file:///etc', 'FILE:x', 'file%3a///etc', 'file://host/x', 'file:'],
  ...['a#b', '#a', 'a%23b', 'a%2523b'],
];
const refusedByUs = [
  ...['./file:x', './/C:/x'],
  ...['a\\b', '..\\x', 'a%5cb', 'C:\\x', '\\\\host\\x', '%255c'],
  ...['a\u0000', 'x%00', 'a%00b', 'a%2500b', '\u0000/..'],
  ...['\ud800', 'a\udc00b'],
  ...['.kirka-staging', '.kirka-staging/x', './.kirka-staging/x', '.Kirka-STAGING/x', '%2ekirka-staging'],
  `x${'%25'.repeat(1)}${'25'.repeat(12)}41`,
];
const accepted: readonly (readonly [text: string, path: string])[] = [
  ['', ''],
  ['.', ''],
  ['./', ''],
  ['a', 'a'],
  ['a/b/c.txt', 'a/b/c.txt'],
  ['a/', 'a'],
  ['a//b', 'a/b'],
  ['./a/./b/.', 'a/b'],
  ['a b', 'a b'],
  ['a%20b', 'a b'],
  ['a%2520b', 'a b'],
  ['a%2Fb', 'a/b'],
  ['a%252fb', 'a/b'],
  ['a+b', 'a+b'],
  ['100%', '100%'],
  ['100%25', '100%'],
  ['%zz%4', '%zz%4'],
  ['a%0ab', 'ab'],
  ['a%250Ab', 'ab'],
  ['a\tb', 'ab'],
  ['a\u0001b', 'a%01b'],
  ['a\u007f', 'a%7f'],
  ['x%01/%1f', 'x%01/%1f'],
  [' a ', 'a '],
  ['%00a', 'a'],
  ['why?', 'why'],
  ['a;', 'a'],
  ['steps%step%3%timestamp%1795618815721%qd9c.png', 'steps%step%3%timestamp%1795618815721%qd9c.png'],
  ['a?b', 'a?b'],
  ['a%3Fb', 'a?b'],
  ['x/C:/y', 'x/C:/y'],
  ['C:x', 'c:x'],
  ['x/file:/y', 'x/file:/y'],
  ['http:x', 'http:/x'],
  ['...', '...'],
  ['..a/b..', '..a/b..'],
  ['%C3%A9', 'é'],
  ['é', 'é'],
  ['😀/日本', '😀/日本'],
  ['x/.kirka-staging', 'x/.kirka-staging'],
  ['.kirka-staging2', '.kirka-staging2'],
];

describe('artifact paths', () => {
  for (const text of [...refusedByMlflow, ...refusedByUs]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseArtifactPath(text)).to.throw(ArtifactError, /^Invalid path$/);
    });
  }

  for (const [text, path] of accepted) {
    it(`takes ${JSON.stringify(text)} for ${JSON.stringify(path)}`, () => {
      expect(parsed(text)).to.equal(path);
    });
  }

  it('counts bytes, not characters, against the longest segment', () => {
    expect(parsed('é'.repeat(127))).to.be.a('string');
    expect(parsed(`a/${'x'.repeat(longestSegment)}/b`)).to.be.a('string');
    expect(() => parseArtifactPath(`a/${'é'.repeat(128)}`)).to.throw(ArtifactError, /longer than 255 bytes/);
  });

  it('bounds the path of a new file by bytes and by segments, and no other', () => {
    const refusal = (text: string): string => {
      try {
        requireShort(parseArtifactPath(text));
        return '';
      } catch (error) {
        expect(error).to.be.instanceOf(ArtifactError).with.property('problem', 'bad-path');
        return String(error);
      }
    };
    const long = `${'é'.repeat(63)}x/`.repeat(8);
    expect(Buffer.byteLength(long)).to.equal(longestPath);
    for (const text of [long, `${long}///./`, 'a/'.repeat(mostSegments), '']) expect(refusal(text)).to.equal('');
    expect(refusal(`${long}x`)).to.include('1025 bytes of at most 1024');
    expect(refusal('a/'.repeat(mostSegments + 1))).to.include('101 segments of at most 100');
  });

  it('echoes what was written, decoded', () => {
    expect(decodeArtifactPath('a%2F./b//c/')).to.equal('a/./b//c/');
  });

  describe('whatever is written', () => {
    /** Strings rich in what paths and escapes are made of. */
    const piece = fc.constantFrom(
      ...[
        '.',
        '..',
        '/',
        '\\',
        '%',
        '%2e',
        '%2f',
        '%25',
        '25',
        '2e',
        '%5c',
        '%00',
        '%1',
        '7',
        '\t',
        'a',
        'é',
        ' ',
        '#',
        'file:',
        'C:',
      ],
      '.kirka-staging',
    );
    /** And in what a URL is made of. */
    const mark = fc.constantFrom('?', ';', '\n', '\u0001', '//', 'http:', 'S3:', '%3f', '%23', '%0a');
    const joined = (pieces: fc.Arbitrary<string>) => fc.array(pieces, { maxLength: 12 }).map((all) => all.join(''));
    const plain = fc.oneof(joined(piece), fc.string());
    const text = fc.oneof(plain, joined(fc.oneof(piece, mark)));

    it('stays below the root, in any spelling that is decoded once more', () => {
      fc.assert(
        fc.property(text, (written) => {
          const path = parsed(written);
          if (path === undefined) return;
          expect(posix.join('/root', path)).to.equal(path === '' ? '/root' : `/root/${path}`);
          for (const segment of path === '' ? [] : path.split('/')) {
            expect(segment).to.not.be.oneOf(['', '.', '..']);
            expect(Buffer.byteLength(segment)).to.be.at.most(longestSegment);
          }
          expect(path.split('/')[0]).to.not.equal('.kirka-staging');
          expect(path).to.not.match(/[\u0000-\u001f\u007f\\#]/); // eslint-disable-line no-control-regex
        }),
        { numRuns: 2000 },
      );
    });

    it('is the same path when it is parsed again: what a list shows can be fetched', () => {
      fc.assert(
        fc.property(text, (written) => {
          const path = parsed(written);
          if (path !== undefined) expect(parsed(path)).to.equal(path);
        }),
        { numRuns: 2000 },
      );
    });

    // With marks that nothing follows, how often counts: `%3f?` is read as `??` and keeps one.
    it('means the same however often it is percent-encoded', () => {
      fc.assert(
        fc.property(plain, fc.integer({ min: 1, max: 3 }), (written, times) => {
          fc.pre(!/\p{Surrogate}/u.test(written) && !/(?:%25){4}/.test(written));
          let encoded = written;
          for (let count = 0; count < times; count++) encoded = encodeURIComponent(encoded);
          expect(parsed(encoded)).to.equal(parsed(written));
        }),
        { numRuns: 1000 },
      );
    });

    it('is not decoded where it is longer than any URL', () => {
      expect(decodeArtifactPath('%2541'.repeat(20_000))).to.equal('A'.repeat(20_000));
      expect(() => decodeArtifactPath(`${'%2541'.repeat(20_000)}A`)).to.throw(ArtifactError, 'Invalid path');
    });

    it('is refused where a `..` stands between slashes', () => {
      const spelled = (choices: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...choices);
      const dot = spelled(['.', '%2e', '%2E', '%252e', '%25252E']);
      const slash = spelled(['/', '%2f', '%2F', '%252f']);
      const side = fc.constantFrom('', 'a', 'a/b');
      fc.assert(
        fc.property(side, slash, dot, dot, slash, side, (before, s1, d1, d2, s2, after) => {
          expect(parsed(`${before}${s1}${d1}${d2}${s2}${after}`)).to.equal(undefined);
        }),
      );
    });
  });
});

describe('artifact paths against what MLflow reads', () => {
  const cases = JSON.parse(readFileSync(new URL('../../data/artifact-paths.json', import.meta.url), 'utf8')) as [
    path: string,
    read: string | null,
  ][];
  const decoded = (text: string): string | null => {
    try {
      return decodeArtifactPath(text);
    } catch {
      return null;
    }
  };

  it(`reads ${String(cases.length)} paths as MLflow does, or refuses what it has a reason of its own for`, () => {
    expect(cases).to.have.length.above(1000);
    const wrong = cases
      .map(([path, read]) => ({ path, read, ours: decoded(path) }))
      .filter(({ path, read, ours }) => ours !== read && !(ours === null && isOurReason(path, read ?? '')));
    expect(wrong).to.deep.equal([]);
  });

  /** `./C:/x` and `./file:x` name what `C:/x` and `file:x` do; `file:` alone is the root there. */
  const isOurReason = (path: string, read: string): boolean =>
    /^(\.\/|\/)*([a-z]:\/|file:)/i.test(read) || /^(?:\s|%20|%0a|\.\/)*file:/i.test(path);
});
