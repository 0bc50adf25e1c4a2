import { background } from '../../call-context.ts';
import { defaultExperimentId, defaultExperimentName } from '../../entities/experiment.ts';
import type { Store } from '../contract/index.ts';
import { checkLayout } from './check-layout.ts';
import { HBaseDatasets } from './datasets.ts';
import { HBaseExperiments } from './experiments.ts';
import { HBaseImportRecords } from './imports.ts';
import { layoutVersion, tablesOf } from './layout.ts';
import { HBaseLoggedModels } from './logged-models.ts';
import type { HBaseRest } from './rest/contract.ts';
import { HBaseRegisteredModels } from './registered-models.ts';
import { HBaseRuns } from './runs.ts';
import { untilClosed } from '../until-closed.ts';
import { VersionedRows } from './versioned-row.ts';

export interface HBaseOptions {
  readonly rest: HBaseRest;
  /** What the servers are called in the log, without credentials. */
  readonly name: string;
  /** What the names of the tables begin with. */
  readonly tablePrefix: string;
  /** URI below which the Default experiment's artifacts lie, such as `mlflow-artifacts:`. */
  readonly artifactRoot: string;
  /** Lets go of the connections, once nothing is under way. */
  readonly release: () => Promise<void>;
}

/**
 * Opens the store on HBase, whose tables `kirka store init` has made. Any number of backends may use the same tables.
 * @throws StoreUnavailable where the servers do not answer or the tables are missing, StoreCorrupt where a newer version
 * made them
 */
export async function openHBaseStore({ rest, name, tablePrefix, ...options }: HBaseOptions): Promise<Store> {
  const tables = tablesOf(tablePrefix);
  await checkLayout(rest, tables);
  const rows = new VersionedRows(rest);
  // Whoever changes a name learns from the row what became of it, while others rename the same: two writes each.
  const namedRows = new VersionedRows(rest, { tokensKept: 100 });
  const experiments = new HBaseExperiments(rest, namedRows, tables.experiments);
  if ((await experiments.get(background, defaultExperimentId)) === undefined) {
    await experiments.create(background, {
      name: defaultExperimentName,
      artifactLocation: (experimentId) => `${options.artifactRoot}/${experimentId}`,
      creationTime: Date.now(),
      tags: new Map(),
    });
  }
  const runs = new HBaseRuns(rest, rows, tables);
  const loggedModels = new HBaseLoggedModels(rest, rows, tables);
  return untilClosed({
    experiments,
    runs,
    datasets: new HBaseDatasets(rest, rows, tables.experiments),
    loggedModels,
    removals: {
      runs: runs.removals,
      loggedModels: loggedModels.removals,
      experiments: experiments.removals,
    },
    imports: new HBaseImportRecords(rows, tables.ids),
    registeredModels: new HBaseRegisteredModels(rest, namedRows, tables.models),
    check: async () => {
      await checkLayout(rest, tables);
      return `HBase at ${name}, tables ${tablePrefix}_*, layout ${String(layoutVersion)}`;
    },
    close: options.release,
  });
}
