import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keytool } from '../knox/java.ts';

/** A certificate for localhost, as Hadoop's servers and as their clients want it. */
export interface Tls {
  /** PKCS12. */
  readonly keystore: string;
  readonly truststore: string;
  /** PEM of what a client must trust. */
  readonly caFile: string;
  /** Of both stores. They hold nothing but a certificate for tests. */
  readonly password: string;
}

/** Makes it once. */
export async function makeTls(folder: string): Promise<Tls> {
  const password = 'changeit';
  const tls = {
    keystore: join(folder, 'server.p12'),
    truststore: join(folder, 'trust.p12'),
    caFile: join(folder, 'ca.pem'),
    password,
  };
  if (existsSync(tls.truststore)) return tls;
  mkdirSync(folder, { recursive: true });
  const store = (file: string): string[] => ['-keystore', file, '-storepass', password, '-storetype', 'PKCS12'];
  await keytool(
    ...['-genkeypair', '-alias', 'server', ...store(tls.keystore), '-keyalg', 'EC', '-validity', '365'],
    ...['-dname', 'CN=localhost,OU=Kirka test stack', '-ext', 'SAN=dns:localhost'],
  );
  writeFileSync(tls.caFile, await keytool('-exportcert', '-rfc', '-alias', 'server', ...store(tls.keystore)));
  await keytool('-importcert', '-noprompt', '-alias', 'server', '-file', tls.caFile, ...store(tls.truststore));
  return tls;
}
