const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/**
 * An age as `mlflow gc --older-than` takes it: days, hours, minutes and seconds in this order, such as `30d`, `2d8h5m20s`.
 * @returns ms; undefined where it is none
 */
export function parseAge(text: string): number | undefined {
  const number = String.raw`(\d+(?:\.\d+)?)`;
  const found = new RegExp(`^(?:${number}d)?(?:${number}h)?(?:${number}m)?(?:${number}s)?$`).exec(text);
  if (found === null || text === '') return undefined;
  const [, ...amounts] = found;
  return Object.values(units).reduce((sum, unit, i) => sum + unit * Number(amounts[i] ?? 0), 0);
}
