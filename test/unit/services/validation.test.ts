import { posix } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { MlflowError } from '../../../backend/errors.ts';
import { checkArtifactLocation } from '../../../backend/services/validation/artifact-location.ts';
import { lengthOf, truncate } from '../../../backend/code-points.ts';
import { checkName, normalisePath } from '../../../backend/services/validation/names.ts';
import { defaultRules } from '../../../backend/services/validation/rules.ts';
import { appendToUri } from '../../../backend/services/validation/uri.ts';

function problem(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as MlflowError).message;
  }
}

describe('names', () => {
  it('allows letters and digits of any script, and refuses other paths than they spell', () => {
    for (const name of ['a', 'a b/c:d-e.f_g', 'é', '損失', 'a\n', '.a', 'a..']) {
      expect(
        problem(() => checkName(name, 'key')),
        name,
      ).to.equal(undefined);
    }
    for (const name of ['', '.', '..', '..a', '../a', '/a', 'a/', 'a//b', './a', 'a/../b', '//a']) {
      expect(
        problem(() => checkName(name, 'key')),
        name,
      ).to.contain('must not resolve to other names');
    }
    for (const name of ['a!', 'a+b', 'a,b', 'a\tb', 'a\n\n', '\u{1f600}']) {
      expect(
        problem(() => checkName(name, 'key')),
        name,
      ).to.contain('may only contain alphanumerics');
    }
  });

  it('resolves paths as Python does: like Node, but for slashes at the end and two at the start', () => {
    const path = fc.array(fc.constantFrom('a', '.', '..', ''), { maxLength: 6 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (text) => {
        const node = posix.normalize(text).replace(/(?<=[^/])\/$/, '');
        expect(normalisePath(text).replace(/^\/\//, '/')).to.equal(node);
      }),
    );
    expect([normalisePath('//a'), normalisePath('///a'), normalisePath('//')]).to.deep.equal(['//a', '/a', '//']);
  });
});

describe('lengths', () => {
  it('are counted and cut in code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, limit) => {
        const points = Array.from(text);
        expect(lengthOf(text)).to.equal(points.length);
        expect(truncate(text, limit)).to.equal(points.slice(0, limit).join(''));
      }),
    );
  });
});

describe('artifact locations', () => {
  it("join a run's path as MLflow's server does", () => {
    // Each pair was answered by MLflow 3.17.2.
    const joined: [string, string][] = [
      ['s3://b/x', 's3://b/x/r/artifacts'],
      ['s3://b/x/', 's3://b/x/r/artifacts'],
      ['s3://b', 's3://b/r/artifacts'],
      ['s3://b//x', 's3://b//x/r/artifacts'],
      ['S3://B/x', 's3://B/x/r/artifacts'],
      ['s3:', 's3:r/artifacts'],
      ['s3://b/x?a=1/', 's3://b/x/r/artifacts?a=1/'],
      ['s3://b/x?', 's3://b/x/r/artifacts'],
      ['  s3://b/x', 's3://b/x/r/artifacts'],
      ['s3://b/x\n', 's3://b/x/r/artifacts'],
      ['mlflow-artifacts:/x/?q=1', 'mlflow-artifacts:/x/r/artifacts?q=1'],
      ['mlflow-artifacts:', 'mlflow-artifacts:r/artifacts'],
      ['file:/', 'file:///r/artifacts'],
      ['file:/a?x=1', 'file:///a/r/artifacts?x=1'],
      ['file:///a%20b', 'file:///a%20b/r/artifacts'],
      ['dbfs:/', 'dbfs:/r/artifacts'],
      ['weird:path?x', 'weird:path/r/artifacts?x'],
      ['/', '/r/artifacts'],
      ['/a/../b', '/a/../b/r/artifacts'],
      ['//host/x', '//host/x/r/artifacts'],
    ];
    for (const [location, uri] of joined) expect(appendToUri(location, 'r', 'artifacts'), location).to.equal(uri);
  });

  it("are refused as by MLflow's server", () => {
    const check = (location: string) => problem(() => checkArtifactLocation(location, defaultRules));
    for (const location of [
      's3://b/x;p',
      's3://b/x?a=1',
      'gs://b',
      '/a',
      'a b',
      'mlflow-artifacts:/a',
      'models:/x/1',
    ]) {
      expect(check(location), location).to.equal(undefined);
    }
    for (const location of ['s3://b/x#f', 'a;b', 'ftp:;x']) expect(check(location)).to.contain('fragments or params');
    for (const query of ['../b', '%2e%2e%2f', '%252e%252e']) {
      expect(check(`s3://b/x?a=${query}`), query).to.equal('Invalid query string');
    }
    for (const location of ['hdfs://h/x', 'HDFS:///x', 'http:x', 'mlflow-artifacts://h/x', ' sftp://h/x']) {
      expect(check(location), location).to.contain('scheme addresses a host');
    }
    expect(check('runs:/x')).to.equal("Artifact location cannot be a runs:/ URI. Given: 'runs:/x'");
    expect(check('s3://' + 'x'.repeat(2044))).to.contain('cannot be greater than 2048 characters');
  });

  it('leave room for the files below them, where this server keeps those', () => {
    const check = (path: string, scheme = 'mlflow-artifacts:/') =>
      problem(() => checkArtifactLocation(scheme + path, defaultRules));
    const name = 'x'.repeat(99);
    const long = `${name}/`.repeat(5) + 'x'.repeat(12);
    for (const path of [long, 'a/'.repeat(50), `${'é'.repeat(60)}/`.repeat(4), '%C3%A9/'.repeat(50)]) {
      expect(check(path), path).to.equal(undefined);
    }
    for (const path of [`${long}x`, 'a/'.repeat(51), `${'é'.repeat(60)}/`.repeat(5)]) {
      expect(check(path)).to.equal(
        "'artifact_location' is too long for files to be kept below it: its path may have at most 512 bytes and 50 segments.",
      );
      expect(check(path, 's3://')).to.equal(undefined);
    }
    // As on MLflow's server nobody can put anything there, which an upload is told.
    for (const path of ['../x', 'x'.repeat(300)]) expect(check(path)).to.equal(undefined);
  });
});
