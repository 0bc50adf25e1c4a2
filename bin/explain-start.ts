import { ConfigError } from '../backend/config/config-error.ts';
import { UsersFileError } from '../knox-service/local-gateway/users-file.ts';
import { StoreCorrupt, StoreUnavailable } from '../backend/stores/contract/index.ts';
import { ImportRefused } from '../backend/services/import/job.ts';
import { SourceError } from '../backend/services/import/source.ts';
import { NotRemovable } from '../backend/services/gc/report.ts';

/** Why something did not start, in one line for whoever typed the command. */
export function explainStart(error: unknown): string {
  if (
    error instanceof UsersFileError ||
    error instanceof ConfigError ||
    error instanceof StoreUnavailable ||
    error instanceof StoreCorrupt ||
    error instanceof NotRemovable ||
    error instanceof ImportRefused ||
    error instanceof SourceError
  ) {
    return error.message;
  }
  if (!(error instanceof Error)) return String(error);
  const { code, address, port, path } = error as Error & Partial<Record<'code' | 'address' | 'port' | 'path', unknown>>;
  const where = `${String(address)}:${String(port)}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is taken by another process; stop it or choose another port with --port.`;
    case 'EADDRNOTAVAIL':
      return `${where} is no address of this machine; choose another with --host.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return path === undefined ? `${where}: permission denied.` : `${String(path)}: permission denied (${code}).`;
    case 'ENOTFOUND':
      return `the address given with --host cannot be resolved.`;
    default:
      return error.message.split('\n')[0] ?? '';
  }
}

/** Ends a command that could not do its work: one line on stderr, and exit code 1. */
export function refuse(reason: string): void {
  process.stderr.write(`kirka: ${reason}\n`);
  process.exitCode = 1;
}
