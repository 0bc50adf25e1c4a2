import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { startBackendProcess } from '../support/backend-process.ts';
import { Ledger, check, write } from '../support/ledger.ts';
import { MlflowApi } from '../support/mlflow-api.ts';

const rounds = 50;
const writers = 8;

describe('a backend that is killed with kill -9 while it writes', () => {
  const data = mkdtempSync(join(tmpdir(), 'kirka-kill-'));
  after(() => rmSync(data, { recursive: true, force: true }));

  it(`opens again with every acknowledged write, ${rounds} times`, async function () {
    this.timeout(300_000);
    let acknowledged = 0;
    for (let round = 0; round < rounds; round++) {
      const ledger = new Ledger();
      const backend = await startBackendProcess({ data });
      const api = new MlflowApi(backend.url);
      let alive = true;
      const writing = Array.from({ length: writers }, (_, i) => write(api, ledger, `r${round}-w${i}`, () => alive));
      await wait(60 + Math.random() * 200);
      await backend.kill('SIGKILL');
      alive = false;
      await Promise.all(writing);

      const reopened = await startBackendProcess({ data });
      await check(new MlflowApi(reopened.url), ledger);
      await reopened.kill('SIGKILL');
      acknowledged += ledger.acknowledged;
    }
    expect(acknowledged).to.be.greaterThan(rounds * writers);
  });
});
