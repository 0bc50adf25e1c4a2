/** Why a server cannot be asked in the name of our principal; the message says what to look at. */
export class KerberosError extends Error {
  override readonly name = 'KerberosError';
}
