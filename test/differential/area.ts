import type fc from 'fast-check';
import type { Step } from '../wire/sequence.ts';

/**
 * A part of the API and how requests to it are generated. A new area is a file in `areas/` and a line in its index.
 *
 * Steps are those of `test/wire/sequence.ts`. What a step captures, later steps name by `{{variable}}`; of a variable that
 * was not captured (the step failed, or was shrunk away) '' stands in its place, on both servers alike. `{{unique}}` are
 * letters that only this sequence has: whatever it creates and finds by name must carry them, for all sequences share the
 * servers.
 */
export interface Area {
  readonly name: string;
  readonly sequences: fc.Arbitrary<readonly Step[]>;
  /** A path of the manifest without which the area is left out. */
  readonly needs?: string;
  /** Played once, before any sequence, which then has its variables: data that is only read. `{{unique}}` is the world's. */
  readonly world?: readonly Step[];
}
