import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { configGuards } from '../../mutations/guards/config.ts';
import { hbaseGuards } from '../../mutations/guards/hbase.ts';
import { remoteGuards } from '../../mutations/guards/remote.ts';
import { webhdfsByteGuards } from '../../mutations/guards/webhdfs-bytes.ts';
import { webhdfsNameGuards } from '../../mutations/guards/webhdfs-names.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const all = [...configGuards, ...hbaseGuards, ...remoteGuards, ...webhdfsByteGuards, ...webhdfsNameGuards];

/** The suite of mutations is not run at every commit: whoever moves a guard is told of it here. */
describe('the guards that mutations take away', () => {
  it('are in the code once each, and the files of their tests are there', () => {
    const moved = all.filter(({ file, from, tests }) => {
      read(`test/${tests}`);
      return read(`backend/${file}`).split(from).length !== 2;
    });
    expect(moved.map(({ guard, file }) => `${file}: ${guard}`)).to.deep.equal([]);
  });
});
