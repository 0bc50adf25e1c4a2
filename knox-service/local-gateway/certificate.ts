import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { replaceFile } from './replace-file.ts';

/** PEM texts, and where the certificate lies for clients to trust. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
}

const day = 24 * 60 * 60 * 1000;
const validDays = 365;

async function kept(certFile: string, keyFile: string): Promise<Certificate | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    return isUsable(cert, key) ? { cert, key, certFile } : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether it is the key's and goes on for a day. A full disk, or a kill between two writes, leaves what is neither. */
function isUsable(cert: string, key: string): boolean {
  try {
    const certificate = new X509Certificate(cert);
    return certificate.checkPrivateKey(createPrivateKey(key)) && Date.parse(certificate.validTo) > Date.now() + day;
  } catch {
    return false;
  }
}

/**
 * A certificate of our own making for this machine, kept in a folder for a year so that clients can go on trusting it.
 * @param host - a name or address beside `localhost` and the machine's own name by which clients come
 */
export async function ownCertificate(folder: string, host: string): Promise<Certificate> {
  const certFile = join(folder, 'gateway-cert.pem');
  const keyFile = join(folder, 'gateway-key.pem');
  const found = await kept(certFile, keyFile);
  if (found && new X509Certificate(found.cert).subjectAltName?.includes(host)) return found;
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + validDays * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          { type: 2, value: hostname() },
          ...(isIP(host) === 0 ? [{ type: 2 as const, value: host }] : [{ type: 7 as const, ip: host }]),
        ],
      },
    ],
  });
  await replaceFile(keyFile, key);
  await replaceFile(certFile, cert);
  return { cert, key, certFile };
}
