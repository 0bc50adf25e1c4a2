/** What a process that was killed does no more. */
export class Killed extends Error {}

/** The calls that change something, by their names below a store or an artifact store. */
const changes =
  /\.(create|createAs|update|delete|register|addMetrics|put|write|remove)$|removals\.\w+\.(begin|undo|decide|finish)$/;

/**
 * The same thing, whose changes from some call on are not done any more.
 * @param isKilled asked before each change, by its name such as `.runs.create`
 */
export function killing<T extends object>(target: T, isKilled: (call: string) => boolean, path = ''): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      const name = `${path}.${String(property)}`;
      if (typeof value === 'object' && value !== null) return killing(value, isKilled, name);
      if (typeof value !== 'function') return value;
      const bound = value.bind(object) as (...args: unknown[]) => unknown;
      if (!changes.test(name)) return bound;
      return async (...args: unknown[]) => {
        if (isKilled(name)) throw new Killed();
        return bound(...args);
      };
    },
  });
}
