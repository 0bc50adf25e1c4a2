import { hashPassword } from '../../knox-service/local-gateway/password.ts';
import { isUserName, readUsers, UsersFileError, writeUsers } from '../../knox-service/local-gateway/users-file.ts';
import type { UserEntry } from '../../knox-service/local-gateway/users-file.ts';
import { refuse } from '../explain-start.ts';
import { readPassword } from './read-password.ts';

/** Flags of `kirka users`. */
export interface UsersFlags {
  readonly file: string;
  readonly groups?: string;
}

async function told(work: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(await work());
  } catch (error) {
    if (!(error instanceof UsersFileError)) throw error;
    refuse(error.message);
  }
}

/** `kirka users set`: adds a user, or changes the password and, if they are given, the groups of one. */
export async function setUser(name: string, { file, groups }: UsersFlags): Promise<void> {
  await told(async () => {
    if (!isUserName(name)) throw new UsersFileError(`a user cannot be called '${name}'.`);
    const users = await readUsers(file, { orEmpty: true });
    const password = await readPassword(`Password of ${name}: `);
    if (password === '') throw new UsersFileError('an empty password is refused.');
    const entry: UserEntry = {
      password: await hashPassword(password),
      groups: groups?.split(',').filter((group) => group !== '') ?? users.get(name)?.groups ?? [],
    };
    await writeUsers(file, new Map([...users, [name, entry]]));
    return `${users.has(name) ? 'Changed' : 'Added'} ${name} in ${file}.\n`;
  });
}

/** `kirka users remove` */
export async function removeUser(name: string, { file }: UsersFlags): Promise<void> {
  await told(async () => {
    const users = new Map(await readUsers(file));
    if (!users.delete(name)) throw new UsersFileError(`${file} has no user '${name}'.`);
    await writeUsers(file, users);
    return `Removed ${name} from ${file}.\n`;
  });
}

/** `kirka users list` */
export async function listUsers({ file }: UsersFlags): Promise<void> {
  await told(async () =>
    [...(await readUsers(file))].map(([name, { groups }]) => `${name}\t${groups.join(',')}\n`).join(''),
  );
}
