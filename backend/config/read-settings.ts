import { ConfigError } from './config-error.ts';
import { settings } from './settings.ts';
import type { SettingName, Settings } from './settings.ts';

/** Values as typed: from flags, by setting name, or from an environment, by variable name. */
export type Typed = Readonly<Record<string, string | undefined>>;

/**
 * First step: text to values. A flag wins over the environment, and that over the default; an empty variable counts as
 * unset.
 * @throws ConfigError that names flag and variable
 */
export function readSettings(flags: Typed, environment: Typed): Settings {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const {
      flag,
      env,
      schema,
      default: standard,
    } = settings[name] as (typeof settings)[SettingName] & {
      default?: string;
    };
    const typed = flags[name] ?? (environment[env] || undefined) ?? standard;
    if (typed === undefined) continue;
    const parsed = schema.safeParse(typed);
    if (!parsed.success) {
      const wanted = parsed.error.issues[0]?.message ?? '';
      throw new ConfigError(`--${flag} (${env}) must be ${wanted}, not '${typed}'.`);
    }
    values[name] = parsed.data;
  }
  return values as Settings;
}
