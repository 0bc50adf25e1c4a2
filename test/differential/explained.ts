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
  /** What matches may differ, and nothing else. */
  readonly only?: RegExp;
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
    reason: 'Of two points with equal step and timestamp, NaN and 0, the latest is NaN, whichever came first.',
    request: /\/runs\/(get|search)/,
    server: /"value": 0\.0/,
    ours: /"value": "NaN"/,
    only: /"value": (0\.0|"NaN")/g,
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
  {
    reason: "A backslash, and a NUL behind the start, are in no artifact's path.",
    request: /(artifact|presigned).*(%00|%5C|\\u0000|\\\\)/i,
    server: /^([24]00|404|501)/,
    ours: /^400 .*"Invalid path"/s,
  },
  {
    reason: 'A line break is left out of a path of the artifact proxy, too; there it is in none that is known.',
    request: /^\w+ \/(ajax-)?api\/2\.0\/mlflow-artifacts\/[^?]*%0A/i,
    server: /^404 .*"detail": "Not Found"/s,
    ours: /^(200|404 .*"No such artifact: )/s,
  },
  {
    reason: "A name of more than 255 bytes is in no artifact's path.",
    request: /artifact/,
    server: /^([24]00|404)/,
    ours: /^400 .*Artifact name is longer than 255 bytes/s,
  },
  {
    reason: 'A negative number of points is refused, which SQLite takes for no limit.',
    request: /\/get-history-bulk\?.*max_results=-/,
    server: /^200/,
    ours: /^400 .*Invalid value \\"-\d+\\" for parameter 'max_results'/s,
    goesOn: true,
  },
  {
    reason: 'A search of models for 0 results or less is refused, as one of versions is.',
    request: /\/registered-models\/search\?.*max_results=(-|0)/,
    server: /^200/,
    ours: /^400 .*Invalid value for max_results\. It must be a positive integer/s,
    goesOn: true,
  },
  {
    reason: 'Of a value that has more than 500 characters a message shows the beginning.',
    server: /^4\d\d .*<\.\.\. ([5-9]\d\d|\d{4,}) characters, sha256/s,
    ours: /^4\d\d .*<\.\.\. \d{3} characters, sha256/s,
    only: /<\.\.\. \d+ characters, sha256 [0-9a-f]+>/g,
    goesOn: true,
  },
  {
    reason: "Bounds that MLflow's server has not, or not in this place.",
    server: /^(200|400|404|503) /,
    ours: /^400 .*"message": "(The request body has more than 100000 values|An order_by has at most|A pattern of LIKE has at most|'source' exceeds)/s,
  },
  {
    reason: 'A clause of an order has at most 10,000 characters.',
    request: /order_by/,
    server: /^400 .*"message": "Invalid /s,
    ours: /^400 .*"message": "Invalid order_by clause 'x{30}/s,
    goesOn: true,
  },
  {
    reason: 'There is no AI gateway.',
    request: /\/server-info$/,
    server: /"gateway": true/,
    ours: /"gateway": false/,
    only: /"gateway": (true|false)/g,
    goesOn: true,
  },
  {
    reason: 'Errors are always JSON.',
    request: /^GET \/model-versions\/get-artifact/,
    server: /^400 text\/html/,
    ours: /^400 application\/json/,
    goesOn: true,
  },
  {
    reason: 'An encoded slash in the id of a logged model is a part of it.',
    request: /\/logged-models\/(?:%2F)+/i,
    server: /^404 text\/html/,
    ours: /^40[04] application\/json/,
  },
  {
    reason: "A model's name has at most 256 characters, as in every database of MLflow's but SQLite.",
    request: /\/(registered-models|model-versions)\//,
    server: /^(200|404)/,
    ours: /^400 .*exceeds the maximum length of 256 characters/s,
  },
  {
    reason: 'An upload below the root under a path with empty segments or dots is stored under the plain one.',
    request: /^(PUT |POST \/ajax-api\/2\.0\/mlflow\/upload-artifact)/,
    server: /^500 .*Invalid artifact path/s,
    ours: /^200/,
  },
  {
    reason: "Where its message is its database's text, ours says what it means.",
    server: /^400 .*"BAD_REQUEST".*(IN expression list|compare a collection)/s,
    ours: /^400 /,
    goesOn: true,
  },
];

const textOf = ({ answer, body }: Exchange): string => `${answer} ${printExact(body)}`;

/** The explanation of a difference; undefined where the answers are equal or differ unexplained. */
export function explanationOf({ server, ours }: Answers): Explained | undefined {
  if (printExchange(server) === printExchange(ours)) return undefined;
  const [theirText, ourText] = [textOf(server), textOf(ours)];
  return explained.find(
    ({ request, only, ...answers }) =>
      (request?.test(server.request) ?? true) &&
      answers.server.test(theirText) &&
      answers.ours.test(ourText) &&
      (only === undefined || without(theirText, only) === without(ourText, only)),
  );
}

/** Lines are broken by width, so that they may differ where a value does. */
const without = (text: string, only: RegExp): string => text.replaceAll(only, '').replaceAll(/\s+/g, '');
