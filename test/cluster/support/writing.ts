import { Ledger, check, write } from '../../support/ledger.ts';
import type { MlflowApi } from '../../support/mlflow-api.ts';
import { until } from '../../support/until.ts';

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

/** Ends the writers that are at work. */
const underWay = new Set<() => void>();

/** Ends all writers: those of a test that has failed would go on for ever, and keep the process. */
export function endAllWriting(): void {
  for (const end of underWay) end();
}

/** @param apis a writer or more for each backend */
export function startWriting(apis: readonly MlflowApi[], name: string, writersEach = 4): Writing {
  const ledger = new Ledger();
  let goesOn = true;
  const tellEnd = (): void => {
    goesOn = false;
    underWay.delete(tellEnd);
  };
  underWay.add(tellEnd);
  const writers = apis.flatMap((api, i) =>
    Array.from({ length: writersEach }, (_, k) =>
      write(api, ledger, `${name}-${String(i)}-${String(k)}`, () => goesOn),
    ),
  );
  const all = Promise.all(writers);
  // Whoever waits for the end hears of it; until then it must not count as unhandled.
  all.catch(() => undefined);
  const end = async (): Promise<void> => {
    tellEnd();
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
