import fc from 'fast-check';
import type { Step } from '../../wire/sequence.ts';

/** The longest sequence of which each step may be sent on the other surface. */
const most = 24;
const quarter = fc.nat({ max: 3 }).map((drawn) => drawn === 3);

/** The sequences with a quarter of the steps sent to `/ajax-api`, where MLflow's pages send what its client sends to `/api`. */
export const onBothSurfaces = (sequences: fc.Arbitrary<readonly Step[]>): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(sequences, fc.array(quarter, { minLength: most, maxLength: most }))
    .map(([steps, moved]) => steps.map((step, index) => (moved[index] === true ? sentByPages(step) : step)));

const sentByPages = (step: Step): Step => ({ ...step, path: step.path.replace(/^\/api\//, '/ajax-api/') });
