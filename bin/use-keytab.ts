import type { KerberosConfig } from '../backend/config/kerberos-config.ts';

/**
 * Tells the Kerberos library of the keytab, before it is loaded: it takes such things from the environment alone. It then
 * gets tickets by itself, and new ones well before they expire. They are kept in this process's memory: no file has them,
 * and no `kinit` of the same account is mixed up with them.
 */
export function useKeytab(config: KerberosConfig | undefined, environment: NodeJS.ProcessEnv): void {
  if (config?.keytab === undefined) return;
  environment['KRB5_CLIENT_KTNAME'] = `FILE:${config.keytab}`;
  environment['KRB5CCNAME'] = 'MEMORY:kirka';
}
