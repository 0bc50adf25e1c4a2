import fc from 'fast-check';
import type { Step } from '../../wire/sequence.ts';

/** The longest sequence of which each step may be sent on the other surface. */
const most = 16;

/** The sequences with some of the steps sent to `/ajax-api`, where MLflow's pages send what its client sends to `/api`. */
export const onBothSurfaces = (sequences: fc.Arbitrary<readonly Step[]>): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(sequences, fc.uniqueArray(fc.nat({ max: most - 1 }), { maxLength: 4 }))
    .map(([steps, moved]) => steps.map((step, index) => (moved.includes(index) ? onAjax(step) : step)));

const onAjax = (step: Step): Step => ({ ...step, path: step.path.replace(/^\/api\//, '/ajax-api/') });
