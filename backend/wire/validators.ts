import { brief, enoughToShow } from '../brief.ts';
import { dumps, parseFloatText, parseIntText } from './json/python.ts';
import { Float, isArray, isObject, pythonType } from './json/value.ts';
import type { Json } from './json/value.ts';

/**
 * Looks at one parameter of a request as it came, null where it is absent. Answers undefined when it is fine, else what
 * is wrong with the parameter of that name.
 */
export interface Validator {
  /** A check of the type is left out when the message could be read: the descriptor has checked it then. */
  readonly ofType: boolean;
  readonly problem: (name: string, value: Json) => string | undefined;
}

/** The validators of each parameter, in the order in which the server asks them. */
export type Validators = Readonly<Record<string, readonly Validator[]>>;

const typeCheck = (fits: (value: Json) => boolean): Validator => ({
  ofType: true,
  problem: (name, value) => (fits(value) ? undefined : invalidValueOfType(name, value)),
});

/** Present, neither null nor the empty string. */
export const required: Validator = {
  ofType: false,
  problem: (name, value) => (value === null || value === '' ? missingValue(name) : undefined),
};

export const string = typeCheck((value) => typeof value === 'string');
export const array = typeCheck((value) => isArray(value));
export const intlike = typeCheck((value) => toInt(value) !== undefined);
export const bool = typeCheck((value) => typeof value === 'boolean');
export const floatlike = typeCheck(isFloatlike);
export const itemTypeString = typeCheck((value) => isArray(value) && value.every((item) => typeof item === 'string'));
export const dict: Validator = {
  ofType: false,
  problem: (name, value) => (isObject(value) ? undefined : invalidValueOfType(name, value)),
};

/** A check of this server's own. The type may not have been checked yet when it is asked. */
export function check(problem: (name: string, value: Json) => string | undefined): Validator {
  return { ofType: false, problem };
}

export function lessThanOrEqual(most: number): Validator {
  return check((name, value) => {
    const number = toInt(value);
    return number === undefined || number > most ? invalidValueOfType(name, value) : undefined;
  });
}

export function within(least: number, most: number, message: string): Validator {
  return check((name, value) => {
    const number = toInt(value);
    if (number === undefined) return invalidValueOfType(name, value);
    return number < least || number > most ? message : undefined;
  });
}

export const missingValue = (name: string): string => brief`Missing value for required parameter '${name}'.`;

/** MLflow's sentence for a value that breaks a rule; `reason` says which. */
export function invalidValue(name: string, value: Json, reason?: string): string {
  const start = brief`Invalid value ${dumps(value, enoughToShow)} for parameter '${name}' supplied`;
  return reason === undefined ? `${start}.` : `${start}: ${reason}`;
}

export function invalidValueOfType(name: string, value: Json): string {
  return invalidValue(name, value, ` Hint: Value was of type '${pythonType(value)}'.`);
}

/** Python's int(value): truncates floats, takes booleans; undefined where that raises. */
export function toInt(value: Json): bigint | undefined {
  if (typeof value === 'string') return parseIntText(value);
  if (typeof value === 'bigint') return value;
  const number = value instanceof Float ? value.value : typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined;
}

function isFloatlike(value: Json): boolean {
  if (typeof value === 'string') return parseFloatText(value) !== undefined;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof Float;
}
