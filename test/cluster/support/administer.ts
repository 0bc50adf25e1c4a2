import { readFileSync } from 'node:fs';
import { cluster } from './hooks.ts';

const document = new URL('../../../docs/operations.md', import.meta.url);

/** The lines of the block of docs/operations.md that stands behind a comment of this name. */
export function linesOf(name: string): readonly string[] {
  const block = new RegExp(`<!-- ${name} -->\\s+\`\`\`text\\n([^]*?)\`\`\``).exec(readFileSync(document, 'utf8'))?.[1];
  if (block === undefined) throw new Error(`docs/operations.md has no block '${name}'`);
  return block.trim().split('\n');
}

/**
 * Does what an administrator would type: lines of the HBase shell, such as `split 't', 'key'`, by HBaseAdmin.java, for the
 * shell itself is JRuby and not here; `hdfs dfs` and `hdfs dfsadmin` by the classes that these scripts start, as the
 * superuser.
 */
export async function administer(lines: readonly string[]): Promise<void> {
  const { admin } = cluster();
  let shell: string[] = [];
  const runShell = async (): Promise<void> => {
    const words = shell;
    shell = [];
    if (words.length > 0) await admin.hbase(...words);
  };
  for (const line of lines) {
    const [, command, rest] = /^hdfs (dfs|dfsadmin) (.*)$/.exec(line) ?? [];
    if (command !== 'dfs' && command !== 'dfsadmin') {
      shell.push(...(shell.length > 0 ? ['then'] : []), ...line.split(/,? /).map(unquoted));
      continue;
    }
    await runShell();
    await admin.hdfs('hdfs', command, ...(rest ?? '').split(' ').map(unquoted));
  }
  await runShell();
}

const unquoted = (word: string): string => word.replace(/^'(.*)'$/, '$1');
