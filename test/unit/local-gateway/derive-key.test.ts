import { randomBytes, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { deriveKey, pendingKeys } from '../../../knox-service/local-gateway/derive-key.ts';

const cost = { N: 16384, r: 8, p: 1 };
const job = (password: string) => ({ password, salt: Buffer.from('a salt of some bytes'), length: 32, cost });

describe('hashing passwords', () => {
  it('makes the key that scrypt makes', async () => {
    const { password, salt } = job('żółć');
    expect(await deriveKey(job('żółć'))).to.deep.equal(scryptSync(password, salt, 32, cost));
  });

  it('leaves the threads alone that read and write files', async () => {
    let hashed = 0;
    const hashes = Array.from({ length: 20 }, () =>
      deriveKey(job(randomBytes(8).toString('hex'))).then(() => hashed++),
    );
    for (let turn = 0; turn < 4; turn++) await readFile(import.meta.filename);
    expect(hashed).to.be.lessThan(10);
    expect(pendingKeys()).to.be.greaterThan(10);
    await Promise.all(hashes);
    expect([hashed, pendingKeys()]).to.deep.equal([20, 0]);
  });

  it('does not begin what is given up before its turn', async () => {
    const leaving = Array.from({ length: 1000 }, () => new AbortController());
    const first = deriveKey(job('first'));
    const left = leaving.map(({ signal }) => deriveKey(job('left'), signal).catch((error: unknown) => error));
    const last = deriveKey(job('last'));
    for (const one of leaving) one.abort(new Error('gone'));
    for (const error of await Promise.all(left)) expect(error).to.be.instanceOf(Error).with.property('message', 'gone');
    expect(pendingKeys()).to.equal(2);
    expect(await first).to.have.length(32);
    expect(await last).to.have.length(32);
    expect(
      await deriveKey(job('x'), AbortSignal.abort(new Error('gone'))).catch((error: Error) => error.message),
    ).to.equal('gone');
  });

  it('says what cannot be hashed, and hashes on', async () => {
    const impossible = { ...job('x'), cost: { N: 9_999_999, r: 99, p: 1 } };
    const error: unknown = await deriveKey(impossible).catch((reason: unknown) => reason);
    expect(error)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.matches(/^A password cannot be hashed/);
    expect(await deriveKey(job('x'))).to.have.length(32);
  });
});
