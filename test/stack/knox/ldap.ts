import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { startChild, waitUntilReady } from '../child.ts';
import type { Child } from '../child.ts';
import { requireFreePort } from '../free-port.ts';
import { buildKnox } from './build.ts';
import { here, jarsFolder, stackFolder } from './paths.ts';

/** Users of users.ldif; each password is `<user>-password`. sam is in analyst and scientist, tom in analyst. */
export const demoUsers = ['guest', 'admin', 'sam', 'tom'] as const;
export type DemoUser = (typeof demoUsers)[number];
export const passwordOf = (user: DemoUser): string => `${user}-password`;

/**
 * Starts Knox's demo LDAP on loopback and waits until it accepts connections.
 * @param passwords of users who have another than {@link passwordOf} says
 */
export async function startLdap(
  port: number,
  progress: (line: string) => void,
  passwords: Partial<Record<DemoUser, string>> = {},
): Promise<Child> {
  await requireFreePort(port, 'LDAP');
  await buildKnox(progress);
  const flags = ['-Xmx256m', '-XX:TieredStopAtLevel=1', `-Djava.io.tmpdir=${stackFolder}`, '-cp', `${jarsFolder}*`];
  const users = `${stackFolder}users-${String(port)}.ldif`;
  writeFileSync(users, withPasswords(readFileSync(`${here}users.ldif`, 'utf8'), passwords));
  const child = startChild('java', [...flags, 'LoopbackLdap', users, String(port)], {
    logFile: `${stackFolder}ldap-${String(port)}.log`,
    cwd: stackFolder,
  });
  await waitUntilReady(child, 'LDAP', () => accepts(port), { timeout: 120_000, progress });
  return child;
}

function withPasswords(ldif: string, passwords: Partial<Record<DemoUser, string>>): string {
  return demoUsers.reduce((text, user) => {
    const password = passwords[user];
    return password === undefined
      ? text
      : text.replace(`userPassword: ${passwordOf(user)}\n`, `userPassword: ${password}\n`);
  }, ldif);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
