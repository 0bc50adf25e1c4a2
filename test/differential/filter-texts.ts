import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import fc from 'fast-check';
import { mlflowEnvironment, quietMlflow } from '../stack/mlflow/environment.ts';
import { answerOf, isAsWanted } from '../unit/search/answer.ts';
import type { Answer, What } from '../unit/search/answer.ts';
import { experimentWords } from './areas/experiment-filters.ts';
import { modelOrders, modelWords, versionOrders, versionWords } from './areas/registry-filters.ts';
import { runWords } from './areas/run-filters.ts';
import { filterText, orderText } from './generate/filter.ts';

/** Generated filters and orders, read by MLflow's own parser and by ours: thousands a second, for there is no server. */
const { texts, seed, shown } = new Command('npm run test:differential:texts --')
  .option('--texts <n>', 'how many of each kind', Number, 5000)
  .option('--seed <n>', 'what they follow from', Number, Date.now() % 1e9)
  .option('--shown <n>', 'differences of a kind to show, the shortest first', Number, 10)
  .parse()
  .opts<{ texts: number; seed: number; shown: number }>();

const script = fileURLToPath(new URL('../record/search-cases.py', import.meta.url));
const kinds: Readonly<Record<What, fc.Arbitrary<string>>> = {
  runs: filterText(runWords),
  experiments: filterText(experimentWords),
  models: filterText(modelWords),
  versions: filterText(versionWords),
  'runs order': orderText(runWords),
  'experiments order': orderText(experimentWords),
  'models order': orderText(modelOrders),
  'versions order': orderText(versionOrders),
};
const cases = (Object.keys(kinds) as What[]).flatMap((what) =>
  [...new Set(fc.sample(kinds[what], { numRuns: texts, seed }))].map((text) => [what, text] as const),
);
const wanted = await askMlflow(cases);
const wrong = cases.flatMap(([what, text], index) => {
  const server = wanted[index] ?? {};
  const ours = answerOf(what, text);
  return isAsWanted(server, ours) ? [] : [{ what, text, server, ours }];
});
for (const what of Object.keys(kinds)) {
  const mine = wrong.filter((one) => one.what === what).sort((a, b) => a.text.length - b.text.length);
  console.log(`${what}: ${String(mine.length)} texts are read otherwise (seed ${String(seed)})`);
  for (const { text, server, ours } of mine.slice(0, shown)) {
    console.log(
      `  ${JSON.stringify(text)}\n    MLflow  ${JSON.stringify(server)}\n    Kirka   ${JSON.stringify(ours)}`,
    );
  }
}
console.log(
  `${String(cases.length)} texts, ${String(wanted.filter(({ read }) => read !== undefined).length)} of them valid`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function askMlflow(lines: readonly (readonly [What, string])[]): Promise<Answer[]> {
  const venv = await mlflowEnvironment();
  const child = spawn(`${venv}/bin/python`, [script, 'ask'], {
    env: { ...process.env, ...quietMlflow },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const answers = Buffer.concat(chunks).toString('utf8').trim().split('\n');
  if (answers.length !== lines.length)
    throw new Error(`${String(answers.length)} answers to ${String(lines.length)} texts`);
  return answers.map((line) => JSON.parse(line) as Answer);
}
