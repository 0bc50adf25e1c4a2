import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readUsers, writeUsers } from '../../../knox-service/local-gateway/users-file.ts';
import { temporaryFolder } from '../../end-to-end/kirka-process.ts';

describe('the users file', () => {
  it('is for its own account alone, also where a call that was killed has left another beside it', async () => {
    const data = temporaryFolder();
    try {
      const file = join(data.path, 'data', 'users.json');
      await writeUsers(file, new Map());
      writeFileSync(`${file}.new`, 'half');
      chmodSync(`${file}.new`, 0o644);
      await writeUsers(file, new Map());
      expect([...(await readUsers(file))]).to.deep.equal([]);
      expect([file, dirname(file)].map((path) => statSync(path).mode & 0o777)).to.deep.equal([0o600, 0o700]);
      expect(readdirSync(dirname(file))).to.deep.equal(['users.json']);
    } finally {
      data.remove();
    }
  });
});
