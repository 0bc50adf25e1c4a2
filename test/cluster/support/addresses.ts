import { cluster } from './hooks.ts';

/** The cluster's HBase REST servers. */
export const restAddresses = (): readonly string[] => cluster().rest;
