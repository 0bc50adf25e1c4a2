import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { secretAlias } from '../../../rewrite-generator/emit/dispatch.ts';
import { keytool, knoxCli } from './java.ts';
import { dispatchJar, here, serviceFolder, stackFolder } from './paths.ts';

/** A gateway home that is laid out and may be started. Folders end with a slash. */
export interface KnoxHome {
  readonly folder: string;
  /** The gateway's self-signed certificate in PEM: what a client must trust. */
  readonly caFile: string;
  /** Holds the secret that the alias service holds, for the backend's --gateway-secret-file. */
  readonly secretFile: string;
}

/**
 * Lays out a gateway home below .stack/knox; what is there and costs time (keystores) is kept.
 * @param trust PEM files of the authorities that its HTTP clients trust
 */
export async function layOutHome(
  name: string,
  port: number,
  trust: readonly string[],
  progress: (line: string) => void,
): Promise<KnoxHome> {
  const folder = `${stackFolder}${name}/`;
  const home: KnoxHome = { folder, caFile: `${folder}gateway.pem`, secretFile: `${folder}gateway-secret` };
  const topologies = ['conf/topologies', 'conf/shared-providers', 'conf/descriptors'];
  for (const each of ['data/deployments', 'data/services', ...topologies, 'ext', 'logs']) {
    rmSync(folder + each, { recursive: true, force: true });
  }
  const folders = ['data/deployments', 'data/applications', 'data/security/keystores', ...topologies, 'ext', 'logs'];
  for (const each of folders) {
    mkdirSync(folder + each, { recursive: true });
  }
  copyFileSync(`${here}conf/gateway-log4j2.xml`, `${folder}conf/gateway-log4j2.xml`);
  const site = readFileSync(`${here}conf/gateway-site.xml`, 'utf8').replaceAll('@PORT@', String(port));
  writeFileSync(`${folder}conf/gateway-site.xml`, site);
  // The two steps of an admin: the service definition, and the plugin's jar.
  cpSync(serviceFolder, `${folder}data/services/kirka`, { recursive: true });
  copyFileSync(dispatchJar, `${folder}ext/kirka-knox-dispatch.jar`);
  await createSecrets(home, trust, progress);
  return home;
}

/** Master secret, TLS identity and the alias. By keytool: Knox 2.0.0's own certificate maker fails on Java 17. */
async function createSecrets(
  home: KnoxHome,
  trust: readonly string[],
  progress: (line: string) => void,
): Promise<void> {
  const complete = `${home.folder}secrets-complete`;
  if (existsSync(complete) && readFileSync(complete, 'utf8') === trust.join()) return;
  progress('creating the master secret, a certificate and the alias of the gateway secret');
  rmSync(`${home.folder}data/security`, { recursive: true, force: true });
  mkdirSync(`${home.folder}data/security/keystores`, { recursive: true });
  const master = randomBytes(16).toString('hex');
  await knoxCli(home.folder, 'create-master', '--master', master);
  const keystore = ['-keystore', `${home.folder}data/security/keystores/gateway.jks`, '-storepass', master];
  const alias = ['-alias', 'gateway-identity', ...keystore];
  await keytool(
    ...['-genkeypair', ...alias, '-storetype', 'PKCS12', '-keyalg', 'RSA', '-keysize', '2048', '-validity', '365'],
    ...['-dname', 'CN=localhost,OU=Kirka test stack', '-ext', 'SAN=dns:localhost,ip:127.0.0.1'],
  );
  writeFileSync(home.caFile, await keytool('-exportcert', '-rfc', ...alias));
  for (const [index, file] of trust.entries()) {
    await keytool('-importcert', '-noprompt', '-alias', `trusted-${String(index)}`, '-file', file, ...keystore);
  }
  const secret = randomBytes(32).toString('hex');
  writeFileSync(home.secretFile, `${secret}\n`, { mode: 0o600 });
  await knoxCli(home.folder, 'create-alias', secretAlias, '--value', secret);
  writeFileSync(complete, trust.join());
}
