import type { Handlers } from '../handler.ts';

type Surplus<Given> = Exclude<keyof Given, keyof Handlers>;

/**
 * Compiles for one handler a route and nothing else. `satisfies Handlers` would let a surplus one through that comes in
 * by a spread.
 */
export function exactly<Given extends Handlers>(given: Given & Record<Surplus<Given>, never>): Handlers {
  return given;
}
