/**
 * The headers by which the gateway says who the caller is. The generator writes them into service.xml as dispatch
 * params, so the Java dispatch and the backend read one list. A client's own copies are dropped in any letter case.
 */
export const identityHeaders = {
  /** The authenticated user, exactly one value; percent-encoded as a group's name is. */
  user: 'X-Kirka-User',
  /**
   * The user's groups, comma separated. In each name what is neither visible ASCII nor a blank, and `%` and `,`, is
   * percent-encoded as UTF-8.
   */
  groups: 'X-Kirka-Groups',
  /** The shared secret that proves the caller to be the gateway. */
  secret: 'X-Kirka-Gateway-Secret',
} as const;

/** Every header of this prefix belongs to the gateway; none is taken from a client. */
export const identityHeaderPrefix = 'X-Kirka-';
