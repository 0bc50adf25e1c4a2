import { isExactObject } from '../wire/exact-json.ts';
import { Player, newUnique, valueAt } from '../wire/play.ts';
import type { Exchange, Target } from '../wire/play.ts';
import { printExchange } from '../wire/recording.ts';
import type { Step } from '../wire/sequence.ts';
import { explanationOf } from './explained.ts';
import type { Kirka } from './kirka.ts';

/** What both servers answered to one step. */
export interface Answers {
  readonly server: Exchange;
  readonly ours: Exchange;
}

/** How a sequence went: the steps that were played, and whether the answers to the last of them differ unexplained. */
export interface Outcome {
  readonly played: readonly Answers[];
  readonly differs: boolean;
  /** Reasons of the explained differences on the way. */
  readonly explained: readonly string[];
}

/** Where the answer of what creates something with a drawn id holds it. */
const idPaths: Readonly<Record<string, string | undefined>> = {
  '/2.0/mlflow/runs/create': 'run.info.run_id',
  '/2.0/mlflow/logged-models': 'model.info.model_id',
};

/** MLflow's server and Kirka side by side: each step goes to both, first to MLflow's. */
export class Pair {
  readonly #server: Player;
  readonly #ours: Player;
  readonly #kirka: Kirka;

  private constructor(server: Player, ours: Player, kirka: Kirka) {
    this.#server = server;
    this.#ours = ours;
    this.#kirka = kirka;
  }

  static of(mlflow: Target, kirka: Kirka): Pair {
    const unique = newUnique();
    const [server, ours] = [mlflow, kirka].map((target) => new Player(target, { unique, lenient: true }));
    return new Pair(server as Player, ours as Player, kirka);
  }

  fork(): Pair {
    return new Pair(this.#server.fork(), this.#ours.fork(), this.#kirka);
  }

  /** Plays the steps up to the first difference that is not explained, or is and leaves the servers in two states. */
  async play(steps: readonly Step[]): Promise<Outcome> {
    const played: Answers[] = [];
    const explained: string[] = [];
    for (const step of steps) {
      const answers = await this.#step(step);
      played.push(answers);
      const explanation = explanationOf(answers);
      if (explanation !== undefined) {
        explained.push(explanation.reason);
        if (explanation.goesOn !== true) break;
      } else if (!areEqual(answers)) {
        return { played, differs: true, explained };
      }
    }
    return { played, differs: false, explained };
  }

  async #step(step: Step): Promise<Answers> {
    const { exchange: server, raw } = await this.#server.step(step);
    const created = step.method === 'POST' ? idPaths[step.path.replace(/^\/(api|ajax-api)/, '')] : undefined;
    const ask = () => this.#ours.step(step);
    const { exchange: ours } = await (created
      ? this.#kirka.withId(valueAt(raw.body.toString('utf8'), created), ask)
      : ask());
    return { server, ours };
  }
}

/** Equal answers print equally; of a token only whether there is one can be compared. */
export function areEqual({ server, ours }: Answers): boolean {
  return printExchange(server) === printExchange(ours);
}

/** The error code and message of an answer, where it is an error. */
export function errorOf({ body }: Exchange): { readonly code: string; readonly message: string } | undefined {
  if (!isExactObject(body) || typeof body['error_code'] !== 'string') return undefined;
  return { code: body['error_code'], message: String(body['message']) };
}
