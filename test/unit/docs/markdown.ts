import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every document of the repository that people read, by its path. */
export function documents(): readonly string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ];
}

export const textOf = (document: string): string => readFileSync(join(root, document), 'utf8');

/** The commands in a document's blocks of a shell: one a line, and one each side of `&&`. */
export function commandsIn(document: string): readonly string[] {
  const blocks = [...textOf(document).matchAll(/^```(?:sh|bash|shell|console)\n([^]*?)^```$/gm)];
  return blocks
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split(/\n|&&/))
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** The cells of a document's table between `<!-- name -->` and `<!-- /name -->`, without its head. */
export function tableIn(document: string, name: string): readonly (readonly string[])[] {
  const text = textOf(document);
  const between = text.slice(text.indexOf(`<!-- ${name} -->`), text.indexOf(`<!-- /${name} -->`));
  const rows = between.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
