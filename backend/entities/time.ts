/**
 * The time of a change, in ms since 1970: what the clock says, but never before what came earlier to the same thing. A clock
 * may go back, and another backend's may be ahead.
 */
export const notBefore = (earlier: number, clock: number): number => Math.max(earlier, clock);
