import { startMlflowServer } from '../../stack/mlflow/server.ts';
import { play } from '../play.ts';
import { writeRecording } from '../recording.ts';
import { groups } from '../sequences/index.ts';

/**
 * `npm run record [group ...]`: plays the sequences against MLflow's real server and writes its answers to
 * test/wire/recorded. Run twice, it changes nothing. All groups share one server; `empty-store` comes first.
 */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0)
  throw new Error(`no such group: ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);

const server = await startMlflowServer();
try {
  for (const [group, sequences] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(group)) continue;
    const recording: Record<string, Awaited<ReturnType<typeof play>>> = {};
    for (const sequence of sequences) {
      if (sequence.name in recording) throw new Error(`${group} has two sequences called '${sequence.name}'`);
      recording[sequence.name] = await play(server, sequence);
    }
    writeRecording(group, recording);
    console.log(`${group}: ${String(sequences.length)} sequences`);
  }
} finally {
  await server.stop();
}
