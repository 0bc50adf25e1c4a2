import { areas } from '../differential/areas/index.ts';
import { explore } from '../differential/explore.ts';
import type { Kirka } from '../differential/kirka.ts';
import { startKirka } from '../differential/kirka.ts';
import { Pair } from '../differential/pair.ts';
import { describeFailure } from '../differential/report.ts';
import type { MlflowServer } from '../stack/mlflow/server.ts';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import { createExperiment } from '../wire/sequence.ts';
import { cluster } from './support/hooks.ts';

/** Sequences of an area; `npm run test:differential -- --hbase` plays more. */
const sequences = 12;

describe("Kirka on HBase and MLflow's own server answer generated requests alike", function () {
  this.timeout(600_000);
  let server: MlflowServer;
  let kirka: Kirka;

  before(async () => {
    server = await startMlflowServer();
    kirka = await startKirka(cluster().rest.join(','));
    // Nobody's, as in `test/differential/run.ts`.
    await Pair.of(server, kirka).play([createExperiment()]);
  });
  after(async () => {
    await kirka.close();
    await server.stop();
  });

  for (const area of areas) {
    it(`in ${String(sequences)} sequences of ${area.name}`, async () => {
      const failures: string[] = [];
      await explore(server, kirka, {
        ...{ area, sequences, seed: 2, lanes: 4, mostFailures: 1 },
        onPlayed: () => undefined,
        onFailure: (failure) => failures.push(describeFailure(failure)),
      });
      if (failures.length > 0) throw new Error(failures.join('\n'));
    });
  }
});
