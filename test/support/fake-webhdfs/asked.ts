/** One request as a test sees it. */
export interface Asked {
  readonly server: 'nn0' | 'nn1' | 'dn';
  readonly method: string;
  readonly op: string;
  /** Decoded, below `/webhdfs/v1`. */
  readonly path: string;
  /** As it was on the wire. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** In whose name it is asked. */
export const ownerOf = ({ query }: Asked): string => query.get('doas') ?? query.get('user.name') ?? 'dr.who';
