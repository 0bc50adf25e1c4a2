import { expect } from 'chai';
import { compareSpecificity, matchSegments, parsePattern } from '../../../rewrite-generator/engine/pattern.ts';

const match = (pattern: string, path: string): readonly string[] | undefined =>
  matchSegments(
    parsePattern(pattern),
    path.split('/').filter((segment) => segment !== ''),
  );

describe('a pattern', () => {
  it('matches literal segments, in their letter case', () => {
    expect(match('/a/b', '/a/b')).to.deep.equal(['b']);
    expect(match('/a/b', '/a/B')).to.equal(undefined);
    expect(match('/a/b', '/a/b/c')).to.equal(undefined);
    expect(match('/a/b', '/a')).to.equal(undefined);
  });

  it('takes one segment for a star, one and more for a glob', () => {
    expect(match('/a/*', '/a/b')).to.deep.equal(['b']);
    expect(match('/a/*', '/a/b/c')).to.equal(undefined);
    expect(match('/a/**', '/a/b/c')).to.deep.equal(['b', 'c']);
    expect(match('/a/**', '/a')).to.equal(undefined);
    expect(match('*://*:*/*/*/k/{**}?{**}', '/g/t/k/x/k/y')).to.deep.equal(['x', 'k', 'y']);
  });

  it('lets an earlier glob take all that it can', () => {
    expect(match('/**/k/**', '/g/t/k/x/k/y')).to.deep.equal(['y']);
  });

  it('is the more specific the more segments it has, then by its last one', () => {
    const sorted = ['/a/**', '/a/*', '/a/b/**', '/a', '/a/b'].map(parsePattern).sort(compareSpecificity);
    expect(sorted.map(({ source }) => source)).to.deep.equal(['/a/b/**', '/a/b', '/a/*', '/a/**', '/a']);
  });
});
