import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tableIn } from '../unit/docs/markdown.ts';
import { ask } from './support/ask.ts';
import type { Answered } from './support/ask.ts';
import { serve } from './support/backend.ts';
import type { TestBackend } from './support/backend.ts';
import { stack } from './support/hooks.ts';
import { topologyFor } from './support/stack.ts';

const version = '/kirka/version';
const file = '/kirka/api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/f';

/** How Knox is brought to answer so, by status and kind of body as the table has them. */
const causes: Readonly<Record<string, () => Promise<Answered>>> = {
  '400 HTML': () => ask({ path: `/sandbox${file}%00` }),
  '401 empty': () => ask({ path: `/sandbox${version}`, password: 'wrong' }),
  '403 HTML': () => ask({ path: `/for-sam${version}` }),
  '404 HTML': () => ask({ path: `/no-such-topology${version}` }),
  '404 empty': () => ask({ path: '/sandbox/kirka/api/3.0/mlflow/traces', method: 'POST' }, '{}'),
  '414 HTML': () => ask({ path: `/sandbox${version}?filter=${'x'.repeat(9000)}` }),
  '431 HTML': () => ask({ path: `/sandbox${version}`, headers: { 'X-Long': 'x'.repeat(9000) } }),
  '500 HTML': () => ask({ path: `/sandbox${version}?filter=%zz` }),
  '500 JSON': () => ask({ path: `/without-secret${version}` }),
  '502 JSON': () => ask({ path: `/failing${version}?broken` }),
  // Its backend is started by other tests alone.
  '503 JSON': () => ask({ path: `/kirka${version}` }),
  '503 HTML': () => ask({ path: `/undeployed${version}` }),
  '504 JSON': () => ask({ path: `/failing${version}` }),
};

function kindOf({ headers, body }: Answered): string {
  if (body.length === 0) return 'empty';
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/html') && body.includes('<h')) return 'HTML';
  return type === 'application/json' && 'error_code' in (JSON.parse(body.toString()) as object) ? 'JSON' : 'other';
}

/** What an error of Knox's looks like, as docs/mlflow-client.md tells it. */
describe("the table of Knox's own errors", () => {
  const table = tableIn('docs/mlflow-client.md', 'knox');
  let backend: TestBackend;

  before(async () => {
    const { knox, echo } = stack();
    echo.answer({ status: 200 });
    backend = await serve((request) => {
      if (request.url?.includes('broken')) request.socket.destroy();
    });
    const forSam =
      '<provider><role>authorization</role><name>AclsAuthz</name><enabled>true</enabled>' +
      '<param><name>kirka.acl</name><value>sam;*;*</value></param></provider>';
    const shipped = topologyFor('sandbox', [echo.url]);
    const edited = (serviceParams: Readonly<Record<string, string>>): string =>
      topologyFor('sandbox', [backend.url], { serviceParams });
    writeFileSync(
      `${knox.home.folder}conf/topologies/undeployed.xml`,
      shipped.replace('org.apache.knox.gateway.shirorealm.KnoxCacheManager', 'no.such.Class'),
    );
    await Promise.all([
      knox.deploy('for-sam', shipped.replace('</gateway>', `${forSam}</gateway>`)),
      knox.deploy('without-secret', edited({ secretAlias: 'no-such-alias' })),
      knox.deploy('failing', edited({ 'httpclient.socketTimeout': '2s' })),
    ]);
    while (!knox.log().includes('Failed to deploy topology undeployed')) await sleep(250);
  });
  after(() => backend.close());

  for (const [status = '', body = '', meaning = ''] of table) {
    it(`${status}, ${body}`, async () => {
      const answer = await causes[`${status} ${body}`]?.();
      expect(answer && [answer.status, kindOf(answer)]).to.deep.equal([Number(status), body]);
      const code = body === 'JSON' ? /`([A-Z_]+)`/.exec(meaning)?.[1] : '';
      expect(answer?.body.toString()).to.include(code);
    });
  }

  it('lists every one of them, in both languages', () => {
    const listed = (document: string): string[] =>
      tableIn(document, 'knox').map(([status = '', body = '']) => `${status} ${body.replace('vide', 'empty')}`);
    expect(listed('docs/mlflow-client.md')).to.have.members(Object.keys(causes));
    expect(listed('docs/mlflow-client.fr.md')).to.deep.equal(listed('docs/mlflow-client.md'));
  });
});
