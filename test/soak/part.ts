/** How much of the long runs is run: 1 is all, as `npm run soak` does; CI runs a tenth (KIRKA_SOAK=0.1). */
const part = Number(process.env['KIRKA_SOAK'] ?? 1);
if (!(part > 0 && part <= 1)) throw new Error('KIRKA_SOAK must be above 0 and at most 1');

/** Of so many, how many are run. */
export const partOf = (all: number): number => Math.max(1, Math.round(all * part));
