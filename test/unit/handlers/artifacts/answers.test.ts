import { expect } from 'chai';
import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { artifactHandlers } from '../../../../backend/handlers/artifacts/index.ts';
import type { CallContext } from '../../../../backend/call-context.ts';
import type { Services } from '../../../../backend/create-services.ts';
import type { BodyCall, Reply, StreamCall } from '../../../../backend/handler.ts';
import { createArtifactService } from '../../../../backend/services/artifacts.ts';
import type { Run } from '../../../../backend/entities/run.ts';
import { put } from '../../../contract/artifact-store/helpers.ts';
import { temporaryRoot } from '../../../contract/artifact-store/temporary-root.ts';
import { startApp } from '../../http/app-under-test.ts';
import type { AppUnderTest } from '../../http/app-under-test.ts';

const proxy = '/api/2.0/mlflow-artifacts';
const locations = new Map([
  ['plain', 'mlflow-artifacts:/0/plain/artifacts'],
  ['custom', 'mlflow-artifacts:/custom/pl%20ace/custom/artifacts'],
  ['host', 'mlflow-artifacts://else.where:80/0/plain/artifacts'],
  ['upwards', 'mlflow-artifacts:/0/../0/plain/artifacts'],
  ['s3', 's3://key:secret@bucket/x'],
  ['hdfs', 'hdfs://namenode:8020/x'],
  ['file', 'file:///etc'],
  ['absolute', '/etc'],
]);

describe('artifact answers', () => {
  let root: Awaited<ReturnType<typeof temporaryRoot>>;
  let store: ArtifactStore;
  let app: AppUnderTest;

  before(async () => {
    root = await temporaryRoot();
    store = await root.open();
    const find = (id: string): Run | undefined => {
      const artifactUri = locations.get(id);
      return artifactUri === undefined ? undefined : ({ info: { artifactUri } } as Run);
    };
    const runs = { get: (_context: CallContext, id: string) => Promise.resolve(find(id)) };
    const loggedModels = { get: () => Promise.resolve(undefined) };
    const services = { artifacts: createArtifactService({ runs, loggedModels }, store) } as Services;
    const given = Object.entries(artifactHandlers).map(([id, handle]) => [
      id,
      (call: BodyCall & StreamCall): Promise<Reply> => handle(call, services),
    ]);
    app = await startApp(Object.fromEntries(given) as Parameters<typeof startApp>[0]);
    for (const name of ['a.json', 'd/e/f.txt', 'd/é x']) await put(store, `0/plain/artifacts/${name}`, name);
    await put(store, 'custom/pl ace/custom/artifacts/c', 'c');
  });

  after(async () => {
    await app.close();
    await store.close();
    await root.dispose();
  });

  async function ask(method: string, path: string, options: RequestInit = {}): Promise<[number, unknown, Headers]> {
    const answer = await fetch(app.url + path, { method, ...options });
    const body = await answer.text();
    return [answer.status, body.startsWith('{') ? JSON.parse(body) : body, answer.headers];
  }

  const list = (query: string): ReturnType<typeof ask> => ask('GET', `/api/2.0/mlflow/artifacts/list?${query}`);

  async function expectError(status: number, code: string, message: string | RegExp, asked: ReturnType<typeof ask>) {
    const [got, body] = await asked;
    const error = body as { error_code: string; message: string };
    expect([got, error.error_code]).to.deep.equal([status, code]);
    if (typeof message === 'string') expect(error.message).to.equal(message);
    else expect(error.message).to.match(message);
  }

  it('lists a run, its folders, and nothing for a file', async () => {
    const rootUri = { root_uri: 'mlflow-artifacts:/0/plain/artifacts' };
    const files = [
      { path: 'a.json', is_dir: false, file_size: 6 },
      { path: 'd', is_dir: true },
    ];
    expect((await list('run_id=plain'))[1]).to.deep.equal({ ...rootUri, files });
    expect((await list('run_uuid=plain&path='))[1]).to.deep.equal({ ...rootUri, files });
    expect((await list('run_id=plain&path=a.json'))[1]).to.deep.equal(rootUri);
    expect((await list('run_id=plain&path=nope'))[1]).to.deep.equal(rootUri);
  });

  it('echoes the folder as it was written', async () => {
    for (const [written, shown] of [
      ['d/e', 'd/e/f.txt'],
      ['d//e/', 'd//e/f.txt'],
      ['./d/e', './d/e/f.txt'],
      ['d%252Fe', 'd/e/f.txt'],
    ] as const) {
      const [, body] = await list(`run_id=plain&path=${written}`);
      expect((body as { files: unknown }).files).to.deep.equal([{ path: shown, is_dir: false, file_size: 9 }]);
    }
  });

  it('maps a location of its own below the root, escapes and a host included', async () => {
    expect((await list('run_id=custom'))[1])
      .to.have.property('files')
      .with.length(1);
    expect((await ask('GET', '/get-artifact?run_id=custom&path=c'))[1]).to.equal('c');
    expect((await list('run_id=host'))[1])
      .to.have.property('files')
      .with.length(2);
    await expectError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path', list('run_id=upwards'));
  });

  it('opens no location elsewhere, and says so without telling secrets', async () => {
    for (const [run, scheme] of [
      ['s3', 's3:'],
      ['hdfs', 'hdfs:'],
      ['file', 'file:'],
      ['absolute', 'path'],
    ] as const) {
      const message = new RegExp(`kept outside this server, at a location of the kind '${scheme}'[^@]*$`);
      await expectError(400, 'INVALID_PARAMETER_VALUE', message, list(`run_id=${run}&path=x`));
      await expectError(400, 'INVALID_PARAMETER_VALUE', message, ask('GET', `/get-artifact?run_id=${run}&path=passwd`));
    }
  });

  it('looks at the path before the run, and names the run that is not there', async () => {
    await expectError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path', list('run_id=nope&path=..'));
    await expectError(404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=nope not found', list('run_id=nope'));
    const get = (query: string): ReturnType<typeof ask> => ask('GET', `/get-artifact?${query}`);
    await expectError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path', get('run_id=nope&path=..'));
    await expectError(404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=nope not found', get('run_id=nope&path=x'));
    await expectError(404, 'RESOURCE_DOES_NOT_EXIST', 'Run with id=None not found', get('path=x'));
    await expectError(400, 'INVALID_PARAMETER_VALUE', /required parameter 'path'/, get('run_id=plain'));
  });

  it('lists the proxy by names alone', async () => {
    expect((await ask('GET', `${proxy}/artifacts`))[1]).to.deep.equal({
      files: [
        { path: '0', is_dir: true },
        { path: 'custom', is_dir: true },
      ],
    });
    const [, body] = await ask('GET', `${proxy}/artifacts?path=0/plain/artifacts/d`);
    expect(body).to.deep.equal({
      files: [
        { path: 'e', is_dir: true },
        { path: 'é x', is_dir: false, file_size: 6 },
      ],
    });
    await expectError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path', ask('GET', `${proxy}/artifacts?path=/0`));
  });

  it('sends a file with what a browser and a client need', async () => {
    const [status, body, headers] = await ask('GET', `${proxy}/artifacts/0/plain/artifacts/d/%C3%A9%20x`);
    expect([status, body]).to.deep.equal([200, 'd/é x']);
    expect(Object.fromEntries(headers)).to.include({
      'content-type': 'application/octet-stream',
      'content-length': '6',
      'content-disposition': 'attachment; filename="e x"; filename*=UTF-8\'\'%C3%A9%20x',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    expect(headers.get('etag')).to.match(/^"[0-9a-f]{32}"$/);
    expect(Math.abs(Date.parse(headers.get('last-modified') ?? '') - Date.now())).to.be.below(60_000);
    expect(headers.get('cache-control')).to.equal(null);
    const [, , page] = await ask('GET', '/get-artifact?run_id=plain&path=a.json');
    expect(Object.fromEntries(page)).to.include({ 'content-type': 'text/plain', 'cache-control': 'no-cache' });
  });

  it('answers HEAD with the headers alone', async () => {
    const [status, body, headers] = await ask('HEAD', `${proxy}/artifacts/0/plain/artifacts/a.json`);
    expect([status, body, headers.get('content-length')]).to.deep.equal([200, '', '6']);
    expect((await ask('HEAD', `${proxy}/artifacts/0/plain/artifacts/nope`))[0]).to.equal(404);
  });

  it('sends the range that is asked for, unless the file has changed since', async () => {
    const file = `${proxy}/artifacts/0/plain/artifacts/d/e/f.txt`;
    const part = (range: string, condition?: string): ReturnType<typeof ask> =>
      ask('GET', file, { headers: { range, ...(condition === undefined ? {} : { 'if-range': condition }) } });
    const [status, body, headers] = await part('bytes=2-4');
    expect([status, body]).to.deep.equal([206, 'e/f']);
    expect(Object.fromEntries(headers)).to.include({ 'content-range': 'bytes 2-4/9', 'content-length': '3' });
    const etag = headers.get('etag') ?? '';
    expect((await part('bytes=2-4', etag))[0]).to.equal(206);
    expect((await part('bytes=2-4', headers.get('last-modified') ?? ''))[0]).to.equal(206);
    expect((await part('bytes=2-4', '"other"')).slice(0, 2)).to.deep.equal([200, 'd/e/f.txt']);
    const [refused, nothing, refusedHeaders] = await part('bytes=9-');
    expect([refused, nothing, refusedHeaders.get('content-range')]).to.deep.equal([416, '', 'bytes */9']);
  });

  it("refuses folders and missing files in MLflow's forms", async () => {
    const file = (name: string): string => `${proxy}/artifacts/0/plain/artifacts/${name}`;
    const folder = "Artifact path refers to a directory, not a file: '0/plain/artifacts/d'";
    expect((await ask('GET', file('d'))).slice(0, 2)).to.deep.equal([400, { detail: folder }]);
    const detail = "Artifact path must include a filename (cannot end with '/').";
    expect((await ask('PUT', file('new/'), { body: 'x' })).slice(0, 2)).to.deep.equal([400, { detail }]);
    const missing = "No such artifact: '0/plain/artifacts/nope'";
    await expectError(404, 'RESOURCE_DOES_NOT_EXIST', missing, ask('GET', file('nope')));
    await expectError(400, 'INVALID_PARAMETER_VALUE', folder, ask('PUT', file('d'), { body: 'x' }));
    await expectError(400, 'INVALID_PARAMETER_VALUE', folder, ask('GET', '/get-artifact?run_id=plain&path=d'));
    const tooLong = ask('PUT', file('x'.repeat(256)), { body: 'x' });
    await expectError(400, 'INVALID_PARAMETER_VALUE', /longer than 255 bytes/, tooLong);
  });

  it('refuses a way out in every operation', async () => {
    const up = '%2e%2e%2f%2e%2e%2fsecret';
    for (const [method, path] of [
      ['GET', `artifacts/0/${up}`],
      ['PUT', `artifacts/0/${up}`],
      ['DELETE', `artifacts/0/${up}`],
      ['GET', `artifacts?path=0/${up}`],
      ['GET', `presigned/${up}`],
      ['POST', `mpu/create/${up}`],
      ['PUT', 'artifacts/.kirka-staging/x'],
      ['GET', 'artifacts?path=.kirka-staging'],
      ['DELETE', 'artifacts/.kirka-staging'],
    ] as const) {
      const body = method === 'PUT' || method === 'POST' ? { body: '{"path":"x"}' } : {};
      const headers = { 'content-type': 'application/json' };
      const asked = ask(method, `${proxy}/${path}`, { headers, ...body });
      await expectError(400, 'INVALID_PARAMETER_VALUE', 'Invalid path', asked);
    }
  });

  it('puts no file in the place of a folder', async () => {
    const byBrowser = '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=plain&path=';
    for (const [written, echoed] of [
      ['new/', 'new/'],
      ['new/.', 'new/.'],
      ['new/?', 'new/'],
      ['new/;', 'new/'],
      ['.', '.'],
      [' ', ''],
    ] as const) {
      const upload = ask('POST', byBrowser + encodeURIComponent(written), { body: 'x' });
      const message = `Artifact path refers to a directory, not a file: '${echoed}'`;
      await expectError(400, 'INVALID_PARAMETER_VALUE', message, upload);
    }
    for (const written of ['new/', 'new/.', 'new/?', 'new/;']) {
      const target = `${proxy}/artifacts/0/plain/artifacts/${encodeURIComponent(written)}`;
      expect((await ask('PUT', target, { body: 'x' }))[0], written).to.equal(400);
    }
    expect((await list('run_id=plain&path=new'))[1]).to.not.have.property('files');
  });

  it('removes a file and a folder, and finds nothing wrong with nothing', async () => {
    for (const name of ['9/f', '9/g', '9/h/i']) await put(store, name, 'x');
    for (const path of ['9/f', '9/nothing', '9/g/below', '9/']) {
      const body = path === '9/f' ? { body: '{"path":"ignored"}' } : {};
      expect((await ask('DELETE', `${proxy}/artifacts/${path}`, body)).slice(0, 2)).to.deep.equal([200, {}]);
    }
    expect((await ask('GET', `${proxy}/artifacts?path=9`))[1]).to.deep.equal({});
    await expectError(400, 'INVALID_PARAMETER_VALUE', /root/, ask('DELETE', `${proxy}/artifacts/%252e`));
  });

  it('has no way past the server', async () => {
    const post = (operation: string, body: string): ReturnType<typeof ask> =>
      ask('POST', `${proxy}/mpu/${operation}/0/x`, { headers: { 'content-type': 'application/json' }, body });
    const upload = 'Multipart upload is not supported for the current artifact repository';
    for (const operation of ['create', 'complete', 'abort']) {
      await expectError(501, 'NOT_IMPLEMENTED', upload, post(operation, '{"path":"f","parts":[]}'));
      await expectError(
        400,
        'INVALID_PARAMETER_VALUE',
        /^Missing value for required parameter 'path'/,
        post(operation, '{}'),
      );
    }
    const download = 'Multipart download is not supported for the current artifact repository';
    await expectError(501, 'NOT_IMPLEMENTED', download, ask('GET', `${proxy}/presigned/0/x`));
  });
});
