import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { expect } from 'chai';
import { createApp } from '../../../backend/app.ts';
import { background } from '../../../backend/call-context.ts';
import type { BodyCall, Handlers } from '../../../backend/handler.ts';
import { listen } from '../../../backend/http/listen.ts';
import type { Listener } from '../../../backend/http/listen.ts';
import type { CertificateSubject } from '../../../backend/identity/subject.ts';
import { manifest } from '../../../backend/manifest/index.ts';
import { noServices, text } from '../http/app-under-test.ts';

const pem = (name: string): string => readFileSync(new URL(`../../data/tls/${name}`, import.meta.url), 'utf8');

/** Starts a listener that wants the gateway's certificate, and the given subjects where there are any. */
async function start(subjects: readonly CertificateSubject[]): Promise<Listener> {
  const echo = (call: BodyCall): Promise<unknown> => Promise.resolve(text(String(call.context.caller.user)));
  const handlers = Object.fromEntries(manifest.map(({ id }) => [id, echo])) as unknown as Handlers;
  const app = createApp(handlers, noServices, {
    identity: { mode: 'dispatch', proof: { clientCertificate: { subjects } } },
    limits: { maxBodyBytes: 1000, maxHeldBytes: 1000, bodyTimeout: 1000 },
    browsers: { allowedHosts: undefined, corsAllowedOrigins: [] },
    log: Object.assign(() => undefined, { defect: () => undefined, of: () => background.log }),
  });
  return listen(app, {
    host: '127.0.0.1',
    port: 0,
    tls: { cert: pem('server.crt'), key: pem('server.key'), clientCa: pem('ca.crt') },
    bodyTimeout: 1000,
    idleTimeout: 5000,
    shutdownTimeout: 100,
  });
}

function ask(url: string, who: string | undefined, path = '/version'): Promise<[number | undefined, string]> {
  const identity = who === undefined ? {} : { cert: pem(`${who}.crt`), key: pem(`${who}.key`) };
  const headers = { 'X-Kirka-User': 'sam' };
  return new Promise((resolve, reject) => {
    request(url + path, { ca: pem('ca.crt'), ...identity, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve([response.statusCode, body]));
    })
      .once('error', reject)
      .end();
  });
}

describe('mutual TLS', () => {
  let listener: Listener;
  afterEach(() => listener.close());

  it('believes who shows a certificate of the CA, and nobody else', async () => {
    listener = await start([]);
    expect(await ask(listener.url, 'knox')).to.deep.equal([200, 'sam']);
    expect(await ask(listener.url, 'other')).to.deep.equal([200, 'sam']);
    // The rogue one has the gateway's subject, but signed itself.
    expect((await ask(listener.url, 'rogue'))[0]).to.equal(401);
    expect((await ask(listener.url, undefined))[0]).to.equal(401);
    expect((await ask(listener.url, undefined, '/health'))[0]).to.equal(200);
    expect((await ask(listener.url, undefined, '/ready'))[0]).to.equal(200);
  });

  it('believes only the subjects that are listed, where any is', async () => {
    listener = await start([{ CN: 'nobody' }, { CN: 'knox', OU: 'gateway' }]);
    expect((await ask(listener.url, 'knox'))[0]).to.equal(200);
    expect((await ask(listener.url, 'other'))[0]).to.equal(403);
  });

  it('speaks no plain HTTP', async () => {
    listener = await start([]);
    const plain = await fetch(`${listener.url.replace('https', 'http')}/health`).catch(() => 'refused');
    expect(plain).to.equal('refused');
  });
});
