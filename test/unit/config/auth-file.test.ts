import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { credentialsIn } from '../../../backend/config/auth-file.ts';
import { refusalOf } from './refusal.ts';

describe('a file of credentials', () => {
  let folder: string;
  const file = (content: string, mode = 0o600): string => {
    const path = join(folder, 'login');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
  const read = (content: string, mode?: number): unknown => credentialsIn('some-auth-file', file(content, mode));
  const refusal = (content: string, mode?: number): string => refusalOf(() => read(content, mode));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kirka-auth-file-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('holds a login, whose password may have colons and blanks', () => {
    expect(read('ann:pa:55 wörd\n')).to.deep.equal({ scheme: 'basic', user: 'ann', password: 'pa:55 wörd' });
    expect(read('ann:pa55\r\n')).to.deep.equal({ scheme: 'basic', user: 'ann', password: 'pa55' });
  });

  it('or a token, whatever the letter case before it', () => {
    expect(read('Bearer a.b-c_d~e+f/g==\n')).to.deep.equal({ scheme: 'bearer', token: 'a.b-c_d~e+f/g==' });
    expect(read('bearer  a.b.c')).to.deep.equal({ scheme: 'bearer', token: 'a.b.c' });
  });

  it('is refused where everybody can read or change it', () => {
    for (const mode of [0o644, 0o604, 0o602, 0o666]) {
      expect(refusal('ann:hidden', mode), mode.toString(8))
        .to.match(/^--some-auth-file: everybody can read '.*'; chmod 600 it\.$/)
        .and.not.include('hidden');
    }
    for (const mode of [0o600, 0o400, 0o640])
      expect(refusal('ann:hidden', mode), mode.toString(8)).to.equal('accepted');
  });

  it('is refused where it holds anything else, none of which is told', () => {
    const wrong = [
      '',
      'hidden',
      'ann:',
      ':hidden',
      'Bearer',
      'Bearer hid den',
      'Bearer hid:den',
      'bearer hid\u00e9den',
    ];
    for (const content of [...wrong, 'hidden:a\nhidden:b', 'ann:hid\u0000den', 'ann\thidden:a']) {
      expect(refusal(content), JSON.stringify(content))
        .to.match(/^--some-auth-file: '.*' must hold one line/)
        .and.not.match(/hid/);
    }
  });
});
