import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { suites } from '../../ci/suites.ts';
import { commandsIn, documents, root } from './markdown.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Scripts that CI runs, directly or as a part of another. */
function scriptsOfCi(): ReadonlySet<string> {
  const names = new Set(['test', 'pretest', 'build']);
  const inner = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) names.add(name);
  };
  for (const { command } of suites) inner(command.join(' '));
  // A set grows while it is walked.
  for (const name of names) inner(scripts[name] ?? '');
  return names;
}

/** What else is in the documents, and the test that runs it: the file, and words that stand in it. */
const ranBy: readonly (readonly [RegExp, string, RegExp])[] = [
  [/^npm ci$/, '.ci/run', /^npm ci/m],
  [/^\.ci\/run$/, '.ci/run', /run-suites\.ts/],
  [/^npm run format$/, 'package.json', /prettier --check/],
  [/^apt-get install libkrb5-dev /, 'test/stack/kerberos/npm-kerberos.ts', /'libkrb5-dev', 'g\+\+', 'make', 'python3'/],
  [
    /^npm install .* kerberos@7$/,
    'test/stack/kerberos/npm-kerberos.ts',
    /'--no-save', '--save-optional', 'kerberos@7'/,
  ],
  [/^npm start$/, 'test/end-to-end/start.test.ts', /runKirka\('start'/],
  [/^npm run knox$/, 'test/knox/run.test.ts', /'run', 'knox'/],
  [/^npm run cluster$/, 'test/cluster/run.test.ts', /'run', 'cluster'/],
  [/^npm run check$/, 'package.json', /"check": "npm run check:static && npm test"/],
  [/^head -c 32 \/dev\/urandom \| base64 > \S+$/, 'test/end-to-end/operations.test.ts', /> gateway-secret\$/],
  [/^chmod 600 \S+$/, 'test/end-to-end/operations.test.ts', /\^chmod/],
  [/^tar -czf \S+ kirka-data$/, 'test/end-to-end/operations.test.ts', /\^tar -czf/],
];

const helps = new Map<string, string>();
function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const help = execFileSync(process.execPath, [join(root, 'dist/bin/kirka.js'), ...command.split(' '), '--help'], {
    encoding: 'utf8',
  });
  helps.set(command, help);
  return help;
}

function check(command: string): void {
  const kirka = /^(?:node dist\/bin\/kirka\.js|npx kirka|kirka) (store init|\w+)(.*)$/.exec(command);
  if (kirka?.[1] !== undefined) {
    const help = helpOf(kirka[1]);
    expect(help).to.match(new RegExp(`^Usage: kirka ${kirka[1]}`));
    for (const [flag] of (kirka[2] ?? '').matchAll(/(?<=\s)--[\w-]+/g)) expect(help).to.include(`${flag} `);
    return;
  }
  const script = /^npm (?:run )?(start|test|(?<=run )[\w:-]+)(?: -- .*)?$/.exec(command)?.[1];
  if (script !== undefined) expect(scripts, 'package.json').to.have.property(script);
  if (script !== undefined && scriptsOfCi().has(script)) return;
  const found = ranBy.find(([pattern]) => pattern.test(command));
  expect(found, `nothing runs \`${command}\``).to.not.equal(undefined);
  expect(readFileSync(join(root, found?.[1] ?? ''), 'utf8'), found?.[1]).to.match(found?.[2] ?? /^$/);
}

describe('the commands in the documents', () => {
  for (const document of documents()) {
    for (const command of new Set(commandsIn(document))) {
      it(`${document}: ${command}`, () => {
        check(command);
      }).timeout(60_000);
    }
  }
});
