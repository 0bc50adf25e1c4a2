import { join } from 'node:path';
import { expect } from 'chai';
import { check } from '../../../rewrite-generator/check/index.ts';
import { definitionFolder, emit } from '../../../rewrite-generator/emit/index.ts';
import { readFiles } from '../../../rewrite-generator/files.ts';
import type { Files } from '../../../rewrite-generator/files.ts';

const rewriteXml = `${definitionFolder}/rewrite.xml`;
const serviceXml = `${definitionFolder}/service.xml`;

/** The fresh files with one edit. */
function edited(file: string, from: string | RegExp, to: string): Files {
  const fresh = emit();
  const text = fresh.get(file) ?? '';
  const next = text.replace(from, to);
  expect(next, 'the edit must change something').to.not.equal(text);
  return new Map([...fresh, [file, next]]);
}

describe('the check of the generated files', () => {
  it('passes what is committed', async () => {
    const committed = await readFiles(join(import.meta.dirname, '../../../knox-service'), emit().keys());
    expect(await check(emit(), committed)).to.deep.equal([]);
  });

  it('names file, line and rule of one hand edit in rewrite.xml, and every route whose meaning changes', async () => {
    const differences = await check(emit(), edited(rewriteXml, '/{**}?{**}"/>', '/v2/{**}?{**}"/>'));
    expect(differences[0]).to.match(/^kirka\/1\.0\.0\/rewrite\.xml:8 \(rule KIRKA\/kirka\/inbound\/path\): expected /);
    expect(differences).to.include(
      'route root.health: GET /health becomes http://backend/v2/health?user.name=user, and should http://backend/health?user.name=user',
    );
    expect(differences.filter((text) => text.startsWith('route '))).to.have.length.greaterThan(30);
    expect(differences.join()).to.not.contain('root.page');
  });

  it('shows a lost query, and a route that is not there', async () => {
    const noQuery = await check(emit(), edited(rewriteXml, '/{**}?{**}"/>', '/{**}"/>'));
    expect(noQuery.join('\n')).to.contain('route artifacts.list: GET /api/2.0/mlflow/artifacts/list?path=a%2Fb');
    const noRoute = await check(emit(), edited(serviceXml, 'path="/kirka/health"', 'path="/kirka/helth"'));
    expect(noRoute).to.have.length(2);
    expect(noRoute[1]).to.match(/^route root\.health: GET \/health becomes 404/);
  });

  it('sees the named variable that pulls a parameter into the path', async () => {
    const differences = await check(emit(), edited(rewriteXml, /\/\{\*\*\}\?/g, '/{path=**}?'));
    expect(differences.at(-1)).to.match(/^every route: the files cannot be applied: .*\{path=\*\*\}/);
  });

  it('sees a file that is missing, and an edit that changes no route', async () => {
    const fresh = emit();
    const without = new Map([...fresh].filter(([path]) => path !== 'topologies/sandbox.xml'));
    expect(await check(fresh, without)).to.deep.equal(['topologies/sandbox.xml: missing']);
    const differences = await check(fresh, edited('topologies/sandbox.xml', '120s', '20s'));
    expect(differences).to.have.length(1);
    expect(differences[0]).to.match(/^topologies\/sandbox\.xml:\d+: expected .*120s.*20s/);
  });
});
