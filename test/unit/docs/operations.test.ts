import { expect } from 'chai';
import { settings } from '../../../backend/config/settings.ts';
import type { Setting } from '../../../backend/config/settings.ts';
import { tableIn } from './markdown.ts';

describe('docs/operations.md', () => {
  it('has every setting as it is', () => {
    const rows = Object.values<Setting<unknown>>(settings).map(({ flag, argument, env, default: standard, help }) => [
      `\`--${flag} <${argument}>\``,
      `\`${env}\``,
      standard === undefined ? '' : `\`${standard}\``,
      help,
    ]);
    const wanted = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    expect(tableIn('docs/operations.md', 'settings'), `the table should read:\n${wanted}\n`).to.deep.equal(rows);
  });
});
