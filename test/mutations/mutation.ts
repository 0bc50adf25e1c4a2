/** A guard that is taken away, and the test that must fail then. Whoever adds a guard adds a line to a list of these. */
export interface Mutation {
  /** What the guard is against. */
  readonly guard: string;
  /** Below `backend`. */
  readonly file: string;
  /** What is in the file once, and what is put in its place. */
  readonly from: string;
  readonly to: string;
  /** The file of the test, below `test`. */
  readonly tests: string;
  /** Words that the test's title has; it is run alone. */
  readonly fails: string;
  /** Without the guard it waits for ever: some seconds show that. */
  readonly hangs?: true;
}
