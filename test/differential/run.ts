import { Command, InvalidArgumentError } from 'commander';
import { startMlflowServer } from '../stack/mlflow/server.ts';
import { createExperiment } from '../wire/sequence.ts';
import { areas } from './areas/index.ts';
import { explore } from './explore.ts';
import { startKirka } from './kirka.ts';
import { Pair } from './pair.ts';
import { describeFailure } from './report.ts';
import { Tally } from './tally.ts';

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It must be a whole number.');
  return number;
};
const names = areas.map(({ name }) => name);
const areaNamed = (name: string, others: readonly string[] = []): string[] => {
  if (!names.includes(name)) throw new InvalidArgumentError(`There are ${names.join(', ')}.`);
  return [...others, name];
};

const { sequences, seed, area, path, lanes, failures, mlflow, hbase } = new Command('npm run test:differential --')
  .description(
    "Sends the same generated sequences of requests to MLflow's real server and to Kirka, and shows where the answers " +
      'differ, as short a sequence as it takes. The exit code is 1 where any did.',
  )
  .option('--sequences <n>', 'how many in all, shared among the areas', count, 1000)
  .option('--seed <n>', 'what the sequences follow from; another one, other sequences', count, Date.now() % 1e9)
  .option('--area <name>', `only this area, may be repeated: ${names.join(', ')}`, areaNamed)
  .option('--path <path>', 'with the seed and the area of a reported difference: that one again')
  .option('--lanes <n>', 'sequences in flight', count, 4)
  .option('--failures <n>', 'differences of an area after which it is left', count, 5)
  .option('--mlflow <url>', "MLflow's server, where one runs already, instead of starting one")
  .option('--hbase <urls>', "HBase's REST servers, for Kirka to keep its metadata in new tables there")
  .parse()
  .opts<{
    sequences: number;
    seed: number;
    area?: string[];
    path?: string;
    lanes: number;
    failures: number;
    mlflow?: string;
    hbase?: string;
  }>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const wanted = areas.filter(({ name }) => area?.includes(name) ?? true);
const share = Math.ceil(sequences / wanted.length);
const server = mlflow === undefined ? await startMlflowServer() : { url: mlflow, stop: () => Promise.resolve() };
const kirka = await startKirka(hbase);
let differences = 0;
try {
  // Nobody's: odd values name it, and another sequence's would change under them.
  await Pair.of(server, kirka).play([createExperiment()]);
  console.log(
    `seed ${String(seed)}: ${String(share)} sequences in each of ${wanted.map(({ name }) => name).join(', ')}`,
  );
  for (const one of wanted) {
    const tally = new Tally(one.name, share);
    differences += await explore(server, kirka, {
      ...{ area: one, sequences: share, seed, path, lanes, mostFailures: failures },
      onPlayed: (outcome) => tally.add(outcome),
      onFailure: (failure) => console.log(describeFailure(failure)),
    });
    tally.end();
  }
} finally {
  await Promise.all([server.stop(), kirka.close()]);
}
console.log(differences === 0 ? 'no unexplained difference' : `${String(differences)} unexplained differences`);
process.exitCode = differences === 0 ? 0 : 1;
