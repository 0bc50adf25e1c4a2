import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isExactObject, parseExact } from './exact-json.ts';
import type { ExactJson } from './exact-json.ts';
import { Normaliser } from './normalise.ts';
import { send } from './send.ts';
import type { RawAnswer } from './send.ts';
import type { Sequence, Step } from './sequence.ts';

/** A server to play sequences against. */
export interface Target {
  /** The tracking URI: the base that paths are put behind. */
  readonly url: string;
  /** Sent with every request, such as the authorisation. */
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of the certificate authority to trust. */
  readonly ca?: string;
}

/** One request and its normalised answer, as they stand in a recording. */
export interface Exchange {
  readonly request: string;
  /** Status and content type. */
  readonly answer: string;
  /** The response headers that the step wants seen; null where one is absent. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body: ExactJson;
}

/** Plays one sequence, a step after the other. */
export async function play(target: Target, { steps }: Sequence): Promise<Exchange[]> {
  const player = new Player(target);
  const exchanges: Exchange[] = [];
  for (const step of steps) exchanges.push((await player.step(step)).exchange);
  return exchanges;
}

export const newUnique = (): string => `u${randomBytes(5).toString('hex')}`;

/** Plays steps against one target, and remembers what was captured and which ids were seen. */
export class Player {
  readonly #target: Target;
  readonly #variables: Map<string, string>;
  readonly #normaliser: Normaliser;
  readonly #lenient: boolean;

  /** @param lenient a variable that was not captured is '', where otherwise that is an error */
  constructor(target: Target, { unique = newUnique(), lenient = false } = {}, of?: Player) {
    this.#target = target;
    this.#lenient = lenient;
    this.#variables = of ? new Map(of.#variables) : new Map([['unique', unique]]);
    this.#normaliser = of ? of.#normaliser.fork() : new Normaliser(unique);
  }

  /** Another player that knows what this one does, and from which this one learns nothing. */
  fork(): Player {
    return new Player(this.#target, { lenient: this.#lenient }, this);
  }

  async step(step: Step): Promise<{ readonly exchange: Exchange; readonly raw: RawAnswer }> {
    const raw = await send(
      new URL(this.#target.url),
      {
        method: step.method,
        path: this.#substitute(step.path, encodeURIComponent),
        headers: { ...step.headers, ...this.#target.headers },
        body: typeof step.body === 'string' ? this.#substitute(step.body, insideJson) : step.body,
      },
      this.#target.ca,
    );
    const exchange = describeExchange(step, raw, this.#normaliser);
    this.#capture(raw, step);
    if (step.pauseMs !== undefined) await sleep(step.pauseMs);
    return { exchange, raw };
  }

  #substitute(text: string, encode: (value: string) => string): string {
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
      const value = this.#variables.get(name) ?? (this.#lenient ? '' : undefined);
      if (value === undefined) throw new Error(`nothing was captured as {{${name}}}`);
      return encode(value);
    });
  }

  #capture({ body }: RawAnswer, step: Step): void {
    for (const [name, path] of Object.entries(step.capture ?? {})) {
      const value = valueAt(body.toString('utf8'), path);
      if (value === undefined && !this.#lenient) {
        throw new Error(`no ${path} to capture in the answer to ${describeRequest(step)}: ${body.toString('utf8')}`);
      }
      this.#variables.set(name, value ?? '');
    }
  }
}

/** The text that stands at a dotted path of a JSON answer. */
export function valueAt(json: string, path: string): string | undefined {
  try {
    const value = at(parseExact(json), path);
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const insideJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** What a recording shows of a request; also what tells that it was made for another one. */
export function describeRequest({ method, path, headers, body }: Step): string {
  const type = headers['content-type'];
  const others = Object.entries(headers).filter(([name]) => name !== 'content-type');
  const shown = [
    `${method} ${clip(path)}`,
    ...others.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined
      ? []
      : [type === 'application/json' ? '' : `[${type ?? 'no content type'}]`, bodyText(body)]),
  ];
  return shown.filter((part) => part !== '').join(' ');
}

const bodyText = (body: string | Buffer): string => clip(typeof body === 'string' ? body : body.toString('base64'));
/** By code points: half of a surrogate pair cannot be written to a file. */
function clip(text: string): string {
  const characters = Array.from(text);
  const { length } = characters;
  if (length <= 300) return text;
  return `${characters.slice(0, 150).join('')}...${characters.slice(-20).join('')} (${String(length)} characters)`;
}

function describeExchange(step: Step, { status, headers, body }: RawAnswer, normaliser: Normaliser): Exchange {
  const seen = (step.see ?? []).map((name) => [name, headerText(name, headers[name], normaliser)] as const);
  return {
    request: describeRequest(step),
    answer: `${String(status)} ${headers['content-type'] ?? 'without a content type'}`,
    ...(seen.length === 0 ? {} : { headers: Object.fromEntries(seen) }),
    body: picked(describeBody(body, headers, normaliser), step.pick),
  };
}

/** The methods of `Allow` are a set: their order means nothing. */
function headerText(name: string, value: string | string[] | undefined, normaliser: Normaliser): string | null {
  if (value === undefined) return null;
  return normaliser.text(name === 'allow' ? String(value).split(', ').sort().join(', ') : String(value));
}

/** JSON as a value, but for a downloaded file, which is compared byte for byte; other text as text; bytes as base64. */
function describeBody(body: Buffer, headers: RawAnswer['headers'], normaliser: Normaliser): ExactJson {
  const text = body.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(body)) return { base64: body.toString('base64') };
  const isFile = headers['content-disposition'] !== undefined;
  if (isFile || !String(headers['content-type']).startsWith('application/json')) return normaliser.text(text);
  try {
    return normaliser.json(parseExact(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { notJson: normaliser.text(text) };
  }
}

function picked(body: ExactJson, pick: Step['pick']): ExactJson {
  if (pick === undefined || !isExactObject(body)) return body;
  const [list, field] = pick;
  const entries = body[list];
  if (!Array.isArray(entries)) return body;
  return { ...body, [list]: (entries as readonly ExactJson[]).map((entry) => at(entry, field) ?? null) };
}

/** What stands at a dotted path; a number is an index. */
function at(value: ExactJson | undefined, path: string): ExactJson | undefined {
  return path.split('.').reduce<ExactJson | undefined>((inner, key) => {
    if (Array.isArray(inner)) return (inner as readonly ExactJson[])[Number(key)];
    return isExactObject(inner) ? inner[key] : undefined;
  }, value);
}
