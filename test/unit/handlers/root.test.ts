import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { rootHandlers } from '../../../backend/handlers/root/index.ts';
import type { BodyCall, Reply } from '../../../backend/handler.ts';
import type { Services } from '../../../backend/create-services.ts';
import { asUser } from '../../support/contexts.ts';

async function page(headers: Record<string, string>, user?: string): Promise<Reply & { body: string }> {
  const call = { context: asUser(user), header: (name: string) => headers[name] } as unknown as BodyCall;
  return (await rootHandlers['root.page'](call, {} as Services)) as Reply & { body: string };
}

const uriOf = async (headers: Record<string, string>): Promise<string | undefined> =>
  /set_tracking_uri\(&quot;(.*?)&quot;\)/.exec((await page(headers)).body)?.[1];

const knox = {
  host: '127.0.0.1:5080',
  'x-forwarded-host': 'knox.example.org:8443',
  'x-forwarded-proto': 'https',
  'x-forwarded-context': '/gateway/sandbox',
};

describe('the page', () => {
  it('shows the address by which it was reached', async () => {
    expect(await uriOf(knox)).to.equal('https://knox.example.org:8443/gateway/sandbox/kirka');
    expect(await uriOf({ host: 'localhost:5080' })).to.equal('http://localhost:5080');
    expect(await uriOf({ ...knox, 'x-forwarded-host': '[::1]:8443' })).to.equal(
      'https://[::1]:8443/gateway/sandbox/kirka',
    );
    expect(await uriOf({})).to.equal('http://localhost');
  });

  it('shows nothing that is no host, path or scheme', async () => {
    for (const host of ['evil"><script>', 'a,b', 'a b', 'a/b', '-a', 'http://a', 'user@a', '{{a}}', "a')#"])
      expect(await uriOf({ ...knox, 'x-forwarded-host': host }), host).to.equal(
        'http'.concat('s://127.0.0.1:5080/gateway/sandbox/kirka'),
      );
    for (const context of ['/a"b', 'gateway', '//evil', '/a/../b?', '/a b', '/<script>'])
      expect(await uriOf({ ...knox, 'x-forwarded-context': context }), context).to.equal(
        'https://knox.example.org:8443',
      );
    expect(await uriOf({ ...knox, 'x-forwarded-proto': 'javascript' })).to.match(/^http:/);
  });

  it('escapes the user, and says who it is', async () => {
    expect((await page(knox, '<b>&"\'')).body).to.include('<strong>&lt;b&gt;&amp;&quot;&#39;</strong>');
    expect((await page(knox)).body).to.not.include('<strong>');
  });

  it('lets a browser load nothing but its own style sheet', async () => {
    const { headers, body } = await page(knox);
    const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['Content-Security-Policy'])
      .to.include("default-src 'none'")
      .and.include(`style-src 'sha256-${hash}'`);
    expect(body).to.not.match(/<script|javascript:|style=|\son\w+=/);
  });
});
