import { expect } from 'chai';
import { expectReceived, expectSeen } from './expect-seen.ts';
import type { Exchange, Row, Target } from './row.ts';
import { allRows } from './rows/index.ts';
import { createClient } from './send.ts';
import type { Client } from './send.ts';

async function exchange(client: Client, target: Target, { request, sees, backend, receives }: Exchange): Promise<void> {
  const answer = backend ?? { status: 200 };
  target.backend.answer(answer);
  target.backend.take();
  const received = await client.send(request);
  const seen = target.backend.take();
  if (sees === undefined) {
    expect(seen, 'seen by the backend').to.deep.equal([]);
  } else {
    expect(seen, `seen by the backend; the client received ${String(received.status)}`).to.have.length(1);
    expectSeen(seen[0]!, sees, request, target);
  }
  expectReceived(received, receives ?? { status: answer.status });
}

/**
 * Holds a gateway to the table: every row's requests are sent through it to an echo backend. The same rows run through
 * the local gateway and through real Knox.
 */
export function describeRows(
  name: string,
  target: () => Target,
  rows: Readonly<Record<string, readonly Row[]>> = allRows,
): void {
  describe(`the table of requests, through ${name}`, () => {
    for (const [topic, list] of Object.entries(rows)) {
      describe(topic, () => {
        for (const row of list) {
          it(row.name, async () => {
            const client = createClient(target());
            for (const step of row.exchanges) await exchange(client, target(), step);
          });
        }
      });
    }
  });
}
