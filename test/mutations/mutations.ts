/** A guard that is taken away, and the tests of which one must fail then. */
export interface Mutation {
  /** What the guard is against. */
  readonly guard: string;
  /** Below `backend/stores/hbase`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Below `test`. */
  readonly tests: string;
}

const faults = 'unit/stores/hbase/faults.test.ts';
const reading = 'unit/stores/hbase/reading.test.ts';
const claims = 'unit/stores/hbase/name-claim.test.ts';
const pending = 'unit/stores/hbase/pending-changes.test.ts';
const contract = 'contract/hbase-store.test.ts';

/** The guards of the store on HBase. Whoever adds one adds a line. */
export const mutations: readonly Mutation[] = [
  {
    guard: 'a lost answer: the writer looks for its token',
    file: 'versioned-row.ts',
    from: 'if (tokens.includes(token)) return attempt;',
    to: '',
    tests: faults,
  },
  {
    guard: 'a lost answer is not taken for a success',
    file: 'versioned-row.ts',
    from: 'if (outcome === true) return result;',
    to: 'if (outcome !== false) return result;',
    tests: faults,
  },
  {
    guard: 'a lost boolean: a refusal is not believed before the token is looked for',
    file: 'versioned-row.ts',
    from: 'attempts.set(token, { basis: row.count, result });',
    to: "if (outcome === 'unknown') attempts.set(token, { basis: row.count, result });",
    tests: faults,
  },
  {
    guard: 'a late write: its token is looked for until it can no longer arrive',
    file: 'versioned-row.ts',
    from: 'if (count > attempt.basis) attempts.delete(token);',
    to: 'attempts.delete(token);',
    tests: faults,
  },
  {
    guard: 'writers of one row in one process write in turn',
    file: 'versioned-row.ts',
    from: 'return this.#turns.take(`${table}/${key}`, () => this.#update(table, key, decide, options));',
    to: 'return this.#update(table, key, decide, options);',
    tests: 'unit/stores/hbase/versioned-row.test.ts',
  },
  {
    guard: 'a short scan: one without rows has not met the end',
    file: 'complete-scan.ts',
    from: 'if ((await rest.get(table, sentinel)) === undefined) {',
    to: 'if (from !== sentinel) {',
    tests: faults,
  },
  {
    guard: 'a short scan: one with rows has not met the end',
    file: 'complete-scan.ts',
    from: 'if (progress) {\n      fruitless = 0;',
    to: 'if (progress) {\n      return;',
    tests: faults,
  },
  {
    guard: 'the sentinel is there before the run',
    file: 'runs.ts',
    from: 'await Promise.all([this.#sentinels.end(group), this.#index.set(runId, key)]);',
    to: 'await this.#index.set(runId, key);',
    tests: contract,
  },
  {
    guard: 'the index row is there before the run',
    file: 'runs.ts',
    from: 'await Promise.all([this.#sentinels.end(group), this.#index.set(runId, key)]);',
    to: 'await this.#sentinels.end(group); void this.#index.set(runId, key).catch(() => undefined);',
    tests: faults,
  },
  {
    guard: 'a stored empty value: texts have a mark before them',
    file: 'values.ts',
    from: 'Buffer.from(textMark + text)',
    to: 'Buffer.from(text)',
    tests: contract,
  },
  {
    guard: 'a short answer to a request for many runs',
    file: 'runs.ts',
    from: 'row ? decodeRun(key, row.cells, parts) : await this.#read(key, parts)',
    to: 'row && decodeRun(key, row.cells, parts)',
    tests: reading,
  },
  {
    guard: 'a short answer to a request for many ids',
    file: 'run-index.ts',
    from: 'row ? this.#keyIn(id, row.cells) : await this.get(id)',
    to: 'row && this.#keyIn(id, row.cells)',
    tests: reading,
  },
  {
    guard: 'a history that does not arrive',
    file: 'history.ts',
    from: 'if ((await rest.get(table, row, { columns: [versionColumn] })) === undefined) return [];',
    to: 'if (cells === undefined) return [];',
    tests: reading,
  },
  {
    guard: 'a page of a history ends with a window, not with a block',
    file: 'history.ts',
    from: ' && last !== undefined && isBeforeWindow(points[limit - 1], last, name);',
    to: ';',
    tests: contract,
  },
  {
    guard: 'a claim is written anew by every operation',
    file: 'name-claim.ts',
    from: "return found.token === token ? keep('taken') : take;",
    to: "return keep('taken');",
    tests: claims,
  },
  {
    guard: 'a claim is taken over only as it was judged',
    file: 'name-claim.ts',
    from: 'row.count === stale',
    to: 'stale !== undefined',
    tests: claims,
  },
  {
    guard: 'a stale claim of a name is free',
    file: 'name-claim.ts',
    from: 'if (await bears(answer.holder, name)) return false;',
    to: 'return false;',
    tests: claims,
  },
  {
    guard: 'what a holder has under way is finished before its claim is judged',
    file: 'pending-changes.ts',
    from: 'if (found.pending?.name !== name) return false;',
    to: 'return false;',
    tests: pending,
  },
  {
    guard: 'two finish one change: it is done once',
    file: 'pending-changes.ts',
    from: 'if (!still) return',
    to: 'if (!still && pending.token === undefined) return',
    tests: pending,
  },
  {
    guard: 'the hint of the next id never leads',
    file: 'next-experiment.ts',
    from: 'Math.max(this.#known, number);\n',
    to: 'Math.max(this.#known, number + 1);\n',
    tests: contract,
  },
  {
    guard: 'a run that is being removed is found by nobody',
    file: 'run-row.ts',
    from: 'if (stepIn(attributes) !== undefined) return undefined;',
    to: '',
    tests: contract,
  },
  {
    guard: 'a logged model that is being removed is found by nobody',
    file: 'logged-model-row.ts',
    from: 'return cell && stepIn(cell) === undefined ? cell : undefined;',
    to: 'return cell;',
    tests: contract,
  },
  {
    guard: 'a row is deleted only where that is decided',
    file: 'removals.ts',
    from: "if (cell === undefined || stepIn(cell) !== 'decided') return;",
    to: '',
    tests: contract,
  },
  {
    guard: 'the id of a removed experiment is given to nobody',
    file: 'experiments.ts',
    from: 'if (is || removal || isGone)',
    to: 'if (is || removal)',
    tests: contract,
  },
];
