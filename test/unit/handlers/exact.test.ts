import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import ts from 'typescript';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

const options = ((): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(path('tsconfig.json'), (file) => ts.sys.readFile(file)) as { config: object };
  return ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, path('')).options;
})();
const sources = new Map<string, ts.SourceFile | undefined>();

/** The compiler's complaints about some files with one of them edited in memory. */
function complaints(edited: string, edit: (text: string) => string, checked: readonly string[]): string[] {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (name === path(edited))
      return ts.createSourceFile(name, edit(readFileSync(name, 'utf8')), ts.ScriptTarget.ES2023);
    if (!sources.has(name)) sources.set(name, read(name, ...rest));
    return sources.get(name);
  };
  const program = ts.createProgram([path('backend/handlers/index.ts')], options, host);
  return checked
    .flatMap((name) => program.getSemanticDiagnostics(program.getSourceFile(path(name))))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function replace(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  expect(changed, `nothing to replace: ${String(from)}`).to.not.equal(text);
  return changed;
}

describe('the handler map', () => {
  const all = 'backend/handlers/index.ts';
  const area = 'backend/handlers/experiments/index.ts';
  const areaHandler = /( *)'experiments\.get': (\w+),\n/;

  it('compiles as it stands', () => {
    expect(complaints(all, (text) => text, [all, area])).to.deep.equal([]);
  });

  it('does not compile without the handler of a route', () => {
    const [complaint] = complaints(area, (text) => replace(text, areaHandler, ''), [all]);
    expect(complaint).to.match(/experiments\.get"' is missing/);
    const without = complaints(all, (text) => replace(text, '  ...experimentHandlers,\n', ''), [all]);
    expect(without[0]).to.match(/missing[^]*experiments\.create/);
  });

  it('does not compile with a handler that the manifest lacks', () => {
    const surplus = "$1'experiments.get': $2,\n$1'experiments.nope': $2,\n";
    const inArea = complaints(area, (text) => replace(text, areaHandler, surplus), [area]);
    expect(inArea[0]).to.include("'experiments.nope'");
    const spread = "...{ 'experiments.nope': experimentHandlers['experiments.get'] },\n  ...experimentHandlers,";
    expect(complaints(all, (text) => replace(text, '...experimentHandlers,', spread), [all])).to.have.length(1);
  });
});
