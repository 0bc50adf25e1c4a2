import { printExact } from '../wire/exact-json.ts';
import type { Exchange } from '../wire/play.ts';
import { printExchange } from '../wire/recording.ts';
import type { Answers } from './pair.ts';

/**
 * A difference that is meant: where the request and both answers look like this. Each is described to users in
 * docs/compatibility.md.
 */
export interface Explained {
  readonly reason: string;
  /** Matches the request as recordings show it: method, path and body. */
  readonly request?: RegExp;
  /** Match `<status> <content type> <body>`. */
  readonly server: RegExp;
  readonly ours: RegExp;
  /** Both servers hold the same data behind it, so the sequence goes on. */
  readonly goesOn?: true;
}

export const explained: readonly Explained[] = [
  {
    reason: "Where MLflow's server fails, Kirka refuses.",
    server: /^500 (text\/|application\/json .*"INTERNAL_ERROR")/s,
    ours: /^4\d\d application\/json/,
  },
  {
    reason: 'A number beyond int64 in a filter is compared as what it is; SQLite cannot hold it.',
    server: /^500 .*Python int too large to convert to SQLite INTEGER/s,
    ours: /^200/,
    goesOn: true,
  },
  {
    reason: 'An experiment id is read in any spelling of an integer, also where a run is created.',
    request: /\/runs\/create .*"experiment_id":"( |0|\+)/,
    server: /^(200|400)/,
    ours: /^(200|400)/,
  },
  {
    reason: "Where its message is its database's text, ours says what it means.",
    server: /^400 .*"BAD_REQUEST".*"message": "<SQL>"/s,
    ours: /^400 .*"BAD_REQUEST"/s,
  },
  {
    reason: 'A tag twice at the creation of an experiment is called that, and not a name that is taken.',
    request: /\/experiments\/create/,
    server: /^400 .*"RESOURCE_ALREADY_EXISTS".* already exists\./s,
    ours: /^400 .*"RESOURCE_ALREADY_EXISTS".* has tag '.*' twice\./s,
    goesOn: true,
  },
  {
    reason: 'A tag whose key takes more than 1,000 bytes is refused also where a run is created.',
    request: /\/runs\/create/,
    server: /^200/,
    ours: /^400 .*A tag's key exceeds the maximum length/s,
  },
  {
    reason: 'A page token of a history says behind which point a page begins; a count is none of them.',
    request: /get-history/,
    server: /^200/,
    ours: /^400 .*[Pp]age token/s,
  },
];

const textOf = ({ answer, body }: Exchange): string => `${answer} ${printExact(body)}`;

/** The explanation of a difference; undefined where the answers are equal or differ unexplained. */
export function explanationOf({ server, ours }: Answers): Explained | undefined {
  if (printExchange(server) === printExchange(ours)) return undefined;
  return explained.find(
    (one) =>
      (one.request?.test(server.request) ?? true) && one.server.test(textOf(server)) && one.ours.test(textOf(ours)),
  );
}
