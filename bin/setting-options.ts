import { Option } from 'commander';
import { settings } from '../backend/config/settings.ts';
import type { Setting } from '../backend/config/settings.ts';

/** A command line option for every setting, or for those wanted; values stay as typed, `readSettings` parses them. */
export function settingOptions(wanted: (name: string) => boolean = () => true): Option[] {
  const chosen = Object.entries<Setting<unknown>>(settings).filter(([name]) => wanted(name));
  return chosen.map(([name, setting]) => {
    const standard = setting.default === undefined ? '' : `, default ${setting.default}`;
    const option = new Option(`--${setting.flag} <${setting.argument}>`, `${setting.help} (${setting.env}${standard})`);
    if (option.attributeName() !== name) throw new Error(`--${setting.flag} does not match the setting '${name}'`);
    return option;
  });
}
