/** A request as the client puts it on the wire. */
export interface ClientRequest {
  readonly method?: string;
  /** The raw request target behind `/gateway/<topology>`, query included; nothing is escaped or normalised. */
  readonly target: string;
  /** Sends a whole URL for a target, with this authority. */
  readonly authority?: string;
  /** Who signs in; `guest` if absent, nobody if null. */
  readonly user?: string | null;
  /** `<user>-password` if absent, as in Knox's demo LDAP. */
  readonly password?: string;
  /** Name and value, as they are sent; a name may repeat. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  /** Sends the body without saying how long it is. */
  readonly chunked?: boolean;
}

/**
 * The request that the backend must see. That the identity is the client's, that it stands there once and that nothing
 * forged and no password arrives is checked of every request and not written in the rows.
 */
export interface SeenRequest {
  readonly method: string;
  /** The raw path, byte for byte. */
  readonly path: string;
  /** The decoded query in order, without the `user.name` that the gateway appends; a key without `=` has null. */
  readonly query?: readonly (readonly [string, string | null])[];
  /** Compared by its bytes; empty if absent. */
  readonly body?: string | Buffer;
  /** Headers that must be there with this value, or must not be there (null), by lower-case name. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** An answer: of the backend to the gateway, or of the gateway to the client. */
export interface Answer {
  readonly status: number;
  /** By lower-case name; null means that it must not be there. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Of what a client receives: not compared if absent. */
  readonly body?: string | Buffer;
}

/** One request and what must become of it. */
export interface Exchange {
  readonly request: ClientRequest;
  /** What the backend must see; absent where the gateway has to answer by itself. */
  readonly sees?: SeenRequest;
  /** What the backend answers; 200 and no body if absent. */
  readonly backend?: Answer;
  /** What the client must receive; the backend's status if absent. */
  readonly receives?: Answer;
}

/** One behaviour: one exchange, or some in a row by a client that keeps its cookies, as MLflow's does. */
export interface Row {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
}

/** A row of one exchange. */
export function row(name: string, exchange: Exchange): Row {
  return { name, exchanges: [exchange] };
}

/** A row of a request that never reaches the backend. */
export function refused(name: string, request: ClientRequest, status: number, answer: Partial<Answer> = {}): Row {
  return row(name, { request, receives: { ...answer, status } });
}

/** Where rows are sent: a gateway in front of an echo backend. */
export interface Target {
  /** `<scheme>://<host>:<port>/gateway/<topology>` */
  readonly url: string;
  /** PEM, where the gateway's certificate is of its own making. */
  readonly ca?: string;
  /** The shared secret that the gateway must show the backend. */
  readonly secret: string;
  readonly backend: EchoBackend;
}

/** A request as the backend saw it. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  /** Lower-case name and value, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** A backend that writes down what it sees and answers what it is told to. */
export interface EchoBackend {
  readonly url: string;
  /** What was seen since the last call, oldest first. */
  take(): readonly Recorded[];
  /** The answer to every request from now on. */
  answer(answer: Answer): void;
  close(): Promise<void>;
}
