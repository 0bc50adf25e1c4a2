import { expect } from 'chai';
import fc from 'fast-check';
import { gatewayPathsOf, manifest } from '../../../backend/manifest/index.ts';
import { definitionFolder, emit } from '../../../rewrite-generator/emit/index.ts';
import { createEngine, DefinitionError, readDefinition } from '../../../rewrite-generator/engine/index.ts';
import type { Definition, Engine, Outcome } from '../../../rewrite-generator/engine/index.ts';

const deployment = { context: '/gateway/sandbox', serviceUrl: 'http://backend:5080' };
const prefix = '/gateway/sandbox/kirka';
const file = '/api/2.0/mlflow-artifacts/artifacts';

const read = (): Promise<Definition> => {
  const files = emit();
  const text = (name: string): string => files.get(`${definitionFolder}/${name}`) ?? '';
  return readDefinition(text('service.xml'), text('rewrite.xml'));
};

function forwarded(outcome: Outcome): URL {
  if (outcome.kind !== 'forwarded') throw new Error(`${String(outcome.status)}: ${outcome.reason}`);
  return new URL(outcome.url);
}

/** Text that a client can put into a key or value of a query. */
const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const names = words.filter((text) => text !== '' && !/^(user\.name|doas|KIRKA|\*\*?)$/i.test(text));

describe('the engine', () => {
  let engine: Engine;

  before(async () => {
    engine = createEngine(await read(), deployment);
  });

  const map = (target: string): Outcome => engine.map({ target, user: 'sam' });

  it('maps every path of the manifest to itself', () => {
    for (const path of manifest.flatMap(gatewayPathsOf)) {
      const sample = path.replaceAll(/\{\w+(:path)?\}/g, (_name, rest?: string) => (rest ? 'x/y' : 'x'));
      expect(forwarded(map(prefix + sample)).href).to.equal(`http://backend:5080${sample}?user.name=sam`);
    }
  });

  it('keeps any path below a folder of the manifest, but for empty segments', () => {
    const segment = words
      .map((text) => encodeURIComponent(text.replaceAll('\0', '')))
      .filter((text) => text !== '' && !/^\.+$/.test(text));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = `${file}/${segments.join('/')}`;
        const outcome = map(prefix + path);
        if (segments[0]?.startsWith('%23') || segments[0]?.startsWith('%3F')) return;
        expect(forwarded(outcome).href.split('?')[0]).to.equal(`http://backend:5080${path}`);
      }),
    );
  });

  it('keeps every value of a query, equal keys together in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, words), { maxLength: 6 }), (pairs) => {
        const query = new URLSearchParams(pairs).toString();
        const seen = [...forwarded(map(`${prefix}/version?${query}`)).searchParams];
        expect(seen.pop()).to.deep.equal(['user.name', 'sam']);
        const keys = [...new Set(pairs.map(([key]) => key))];
        const gathered = keys.flatMap((key) =>
          [...new Set(pairs.filter(([name]) => name === key).map(([, value]) => value))].map((value) => [key, value]),
        );
        expect(seen).to.deep.equal(gathered);
      }),
    );
  });

  it('lets nobody be named but who signed in', () => {
    const claim = fc.constantFrom('user.name', 'USER.NAME', 'user%2Ename', 'doAs', 'doas', '%64oAs');
    const separator = fc.constantFrom('&', '?', '&amp;', '&&', '?&');
    const part = fc.oneof(
      claim.map((name) => `${name}=eve`),
      claim,
      fc.constantFrom('a=1', 'b', '=c', '%'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(part, separator), { maxLength: 6 }), (parts) => {
        const outcome = map(`${prefix}/version?${parts.flat().join('')}`);
        if (outcome.kind === 'refused') return;
        const claims = [...new URL(outcome.url).searchParams].filter(([key]) => /^(user\.name|doas)$/i.test(key));
        expect(claims).to.deep.equal([['user.name', 'sam']]);
      }),
    );
  });

  it('sends nothing anywhere but to the service', () => {
    const odd = fc.array(
      fc.constantFrom(
        '/',
        '..',
        '.',
        '%2e',
        '%2F',
        'kirka',
        '%6birka',
        'sandbox',
        'gateway',
        'version',
        '?',
        '#',
        '@',
        ':',
        ';',
        'http:',
      ),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(odd, (parts) => {
        const outcome = map(`/gateway/sandbox/${parts.join('')}`);
        if (outcome.kind === 'forwarded') expect(outcome.url).to.match(/^http:\/\/backend:5080\//);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads an escaped question mark or hash as Knox does when it looks for a route', () => {
    expect(map(`${prefix}/version%3Fx`)).to.include({ kind: 'forwarded' });
    expect(map(`${prefix}/version%23x`)).to.include({ kind: 'refused', status: 404 });
    expect(map(`${prefix}${file}/a%23x`)).to.include({ kind: 'forwarded' });
    expect(map(`${prefix}${file}/%23x`)).to.include({ kind: 'refused', status: 404 });
    expect(map(`/gateway/sandbox//kirka/version`)).to.include({ kind: 'refused', status: 404 });
  });

  it('loses a query parameter that is called like the role or a wildcard, as Knox does', () => {
    expect(forwarded(map(`${prefix}/version?KIRKA=1&**=2&*=3&a=4`)).search).to.equal('?a=4&user.name=sam');
  });

  it('says clearly what it does not support', async () => {
    const definition = await read();
    const [route] = definition.routes;
    const attempts: Partial<Definition>[] = [
      { routes: [{ path: '/kirka/{path=**}', rewrites: route!.rewrites }] },
      { routes: [{ path: '/kirka/*.json', rewrites: route!.rewrites }] },
      { routes: [{ path: '/kirka?{a}', rewrites: route!.rewrites }] },
      { routes: [{ path: '/kirka', rewrites: {} }] },
      { routes: [{ path: '/kirka', rewrites: { 'request.url': 'KIRKA/none' } }] },
      { rules: definition.rules.map((rule) => ({ ...rule, template: '{$frontend[url]}/x' })) },
    ];
    for (const attempt of attempts) {
      expect(() => createEngine({ ...definition, ...attempt }, deployment)).to.throw(DefinitionError);
    }
  });

  it('says where a file is not well-formed', async () => {
    const failure = await readDefinition('<service role="K"', '<rules/>').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(DefinitionError).with.property('message').that.contains('service.xml');
  });
});
