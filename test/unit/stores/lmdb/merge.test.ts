import { expect } from 'chai';
import fc from 'fast-check';
import type { Database } from 'lmdb';
import { background } from '../../../../backend/call-context.ts';
import { idOf, experimentPrefix, rowKey } from '../../../../backend/stores/lmdb/keys.ts';
import type { KeyRange } from '../../../../backend/stores/lmdb/keys.ts';
import { mergeNewestFirst } from '../../../../backend/stores/lmdb/merge.ts';
import type { Place } from '../../../../backend/stores/lmdb/merge.ts';
import { Table } from '../../../../backend/stores/lmdb/table.ts';

interface Row extends Place {
  readonly experimentId: string;
}

/** As much of a table as a merge asks for. */
function tableOf(rows: readonly Row[]): Table<unknown> {
  const entries = rows
    .map(({ experimentId, time, id }) => ({ key: rowKey(experimentId, time, id), value: time }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const getRange = ({ start, end, limit, exclusiveStart }: KeyRange & { limit: number; exclusiveStart: boolean }) => {
    const from = entries.filter(({ key }) => Buffer.compare(key, start) >= (exclusiveStart ? 1 : 0));
    return from.filter(({ key }) => Buffer.compare(key, end) < 0).slice(0, limit);
  };
  const database = { getRange } as unknown as Database<unknown, Buffer>;
  return new Table('rows', database, { use: () => undefined, renew: () => undefined });
}

async function merged(
  rows: readonly Row[],
  experimentIds: readonly string[],
): Promise<{ ids: string[]; looks: number }> {
  let looks = 0;
  const source = {
    table: tableOf(rows),
    decode: (id: string, experimentId: string, time: unknown): Row => ({ id, experimentId, time: time as number }),
    placeOf: (row: Row): Place => {
      looks++;
      return row;
    },
  };
  const ids: string[] = [];
  for await (const page of mergeNewestFirst(background, source, experimentIds, undefined, 100)) {
    ids.push(...page.map(({ row, info }) => idOf(row, experimentPrefix(info.experimentId).length)));
  }
  return { ids, looks };
}

describe('a merge of the rows of many experiments', () => {
  const experiment = fc.integer({ min: 1, max: 6 }).map(String);
  const rows = fc
    .array(fc.record({ experimentId: experiment, time: fc.integer({ min: 0, max: 5 }) }), { maxLength: 40 })
    .map((list) => list.map((row, index): Row => ({ ...row, id: `r${String(index * 7 + 100)}` })));

  it('goes newest first, then by id', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.uniqueArray(experiment), async (all, experimentIds) => {
        const wanted = all
          .filter(({ experimentId }) => experimentIds.includes(experimentId))
          .sort((a, b) => Number(b.time) - Number(a.time) || (a.id < b.id ? -1 : 1));
        expect((await merged(all, experimentIds)).ids).to.deep.equal(wanted.map(({ id }) => id));
      }),
    );
  });

  it('looks for each row at few experiments, however many there are', async () => {
    const count = 500;
    const all = Array.from({ length: 2 * count }, (_none, index): Row => {
      return { experimentId: String((index % count) + 1), time: (index * 7919) % 10_007, id: `r${String(index)}` };
    });
    const experimentIds = Array.from({ length: count }, (_none, index) => String(index + 1));
    const { ids, looks } = await merged(all, experimentIds);
    expect(ids).to.have.length(2 * count);
    expect(looks).to.be.at.most(2 * count * 2 * 12 + count * 2 * 12);
  });
});
