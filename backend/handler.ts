import type { Readable } from 'node:stream';
import type { CallContext } from './call-context.ts';
import type { Services } from './create-services.ts';
import type { RouteId, RouteSpec, StreamedRouteId } from './manifest/index.ts';

/** The ids that a log line of a request names. */
export interface Touched {
  readonly experiment_id?: string | undefined;
  readonly run_id?: string | undefined;
  readonly artifact_path?: string | undefined;
}

/** What every handler is given. Knows no express. */
export interface Call {
  readonly route: RouteSpec;
  /** The request's own: HEAD comes to the route of GET. */
  readonly method: string;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The decoded query, in order; repeated keys repeat. */
  readonly query: URLSearchParams;
  /** One request header's value, by lower-case name; undefined where it is absent. */
  header(name: string): string | undefined;
  /** Who asks, until when, and for how long anybody waits: services and stores are given it. */
  readonly context: CallContext;
  /** Bounded and sanitised; stands in the log lines of this request. */
  readonly requestId: string;
  /** Puts what the request touches into its log line. */
  readonly touch?: (ids: Touched) => void;
}

/** A call whose body was read whole, up to the configured limit. Empty where the request has none. */
export interface BodyCall extends Call {
  readonly body: Buffer;
}

/** A call whose body is still on the wire. */
export interface StreamCall extends Call {
  readonly body: Readable;
}

/** The answer. `body` is sent as it is; a stream is piped with backpressure and destroyed when the client goes. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
}

/** What serves one route. Translates between the wire and the services; holds no rule of its own. */
export type Handler<Id extends RouteId> = Id extends StreamedRouteId
  ? (call: StreamCall, services: Services) => Promise<Reply>
  : (call: BodyCall, services: Services) => Promise<Reply>;

/** Exactly one handler a route: a missing or a surplus one does not compile. */
export type Handlers = { readonly [Id in RouteId]: Handler<Id> };
