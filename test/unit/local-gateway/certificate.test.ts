import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { expect } from 'chai';
import { ownCertificate } from '../../../knox-service/local-gateway/certificate.ts';
import { temporaryFolder } from '../../end-to-end/kirka-process.ts';

describe("the local gateway's own certificate", () => {
  let data: ReturnType<typeof temporaryFolder>;
  const own = () => ownCertificate(join(data.path, 'data', 'tls'), '127.0.0.1');
  const file = (name: string): string => join(data.path, 'data', 'tls', name);

  beforeEach(() => {
    data = temporaryFolder();
  });
  afterEach(() => data.remove());

  it('is kept, for its own account alone', async () => {
    const { cert, key, certFile } = await own();
    createSecureContext({ cert, key });
    expect(await own()).to.deep.equal({ cert, key, certFile });
    const modes = ['..', '.', 'gateway-key.pem', 'gateway-cert.pem'].map((name) => statSync(file(name)).mode & 0o777);
    expect(modes).to.deep.equal([0o700, 0o700, 0o600, 0o600]);
  });

  const damages: Readonly<Record<string, () => void>> = {
    'an empty certificate': () => truncateSync(file('gateway-cert.pem'), 0),
    'half a certificate': () => truncateSync(file('gateway-cert.pem'), 300),
    'an empty key': () => truncateSync(file('gateway-key.pem'), 0),
    'half a key': () => truncateSync(file('gateway-key.pem'), 100),
    'what is no PEM': () => writeFileSync(file('gateway-cert.pem'), 'x'),
  };
  for (const [damage, does] of Object.entries(damages)) {
    it(`is made anew where a full disk has left ${damage}`, async () => {
      const before = await own();
      does();
      const { cert, key } = await own();
      createSecureContext({ cert, key });
      expect(cert).to.not.equal(before.cert);
      expect(readFileSync(file('gateway-cert.pem'), 'utf8')).to.equal(cert);
    });
  }

  it('is made anew where a kill between two writes has left the key of another', async () => {
    const before = await own();
    writeFileSync(file('gateway-cert.pem'), '');
    await own();
    writeFileSync(file('gateway-cert.pem'), before.cert);
    const { cert, key } = await own();
    createSecureContext({ cert, key });
    expect(new X509Certificate(cert).subjectAltName).to.include('127.0.0.1');
  });
});
