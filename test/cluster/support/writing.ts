import { Ledger, check, write } from '../../support/ledger.ts';
import type { MlflowApi } from '../../support/mlflow-api.ts';
import { until } from './until.ts';

/** Clients that write all the time, with a ledger of what was acknowledged. */
export interface Writing {
  readonly ledger: Ledger;
  /** Waits until so many more calls have been acknowledged: the writers are at work, or again. */
  readonly goOn: (calls: number, seconds: number) => Promise<void>;
  /** Ends the writers. */
  readonly end: () => Promise<void>;
  /** Ends the writers, and holds the server to the ledger. */
  readonly endAndCheck: (api: MlflowApi) => Promise<void>;
}

/** @param apis a writer or more for each backend */
export function startWriting(apis: readonly MlflowApi[], name: string, writersEach = 4): Writing {
  const ledger = new Ledger();
  let goesOn = true;
  const writers = apis.flatMap((api, i) =>
    Array.from({ length: writersEach }, (_, k) =>
      write(api, ledger, `${name}-${String(i)}-${String(k)}`, () => goesOn),
    ),
  );
  const all = Promise.all(writers);
  // Whoever waits for the end hears of it; until then it must not count as unhandled.
  all.catch(() => undefined);
  const end = async (): Promise<void> => {
    goesOn = false;
    await all;
  };
  return {
    ledger,
    goOn: (calls, seconds) => {
      const wanted = ledger.acknowledged + calls;
      return until(`${String(calls)} more writes`, seconds, () => ledger.acknowledged >= wanted);
    },
    end,
    endAndCheck: async (api) => {
      await end();
      await check(api, ledger);
    },
  };
}
