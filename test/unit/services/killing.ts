/** What a process that was killed does no more. */
export class Killed extends Error {}

/** The same thing, whose changes from some call on are not done any more. */
export function killing<T extends object>(target: T, isKilled: () => boolean, path = ''): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      const name = `${path}.${String(property)}`;
      if (typeof value === 'object' && value !== null) return killing(value, isKilled, name);
      if (typeof value !== 'function') return value;
      const bound = value.bind(object) as (...args: unknown[]) => unknown;
      if (!/removals\.\w+\.(begin|undo|decide|finish)$|^\.remove$/.test(name)) return bound;
      return async (...args: unknown[]) => {
        if (isKilled()) throw new Killed();
        return bound(...args);
      };
    },
  });
}
