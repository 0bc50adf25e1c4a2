import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mlflowEnvironment } from '../stack/mlflow/environment.ts';
import { send } from '../wire/send.ts';
import { lastJson, runClient } from './program.ts';
import type { ClientVariables, Finished } from './program.ts';
import { variablesFor } from './target.ts';
import type { ClientTarget } from './target.ts';

const example = fileURLToPath(new URL('../../examples/python/track.py', import.meta.url));
const script = (name: string): string => fileURLToPath(new URL(`./scripts/${name}.py`, import.meta.url));

/** Defines what MLflow's own Python client and its command line must be able to do with a target. */
export function describeClients(name: string, open: () => Promise<ClientTarget>): void {
  describe(`MLflow's Python client with ${name}`, function () {
    this.timeout(240_000);
    const experiment = `clients ${randomBytes(4).toString('hex')}`;
    let target: ClientTarget;
    let venv: string;
    let variables: ClientVariables;
    const python = (...args: readonly string[]): Promise<Finished> => runClient(venv, variables, 'python', ...args);
    const mlflow = (...args: readonly string[]): Promise<Finished> => runClient(venv, variables, 'mlflow', ...args);

    before(async () => {
      venv = await mlflowEnvironment();
      target = await open();
      variables = variablesFor(target);
    });
    after(() => target.close());

    it('tracks the run of the example: its parameter and its three points are there', async () => {
      const { code, stdout, stderr } = await python(example);
      expect(code, stderr).to.equal(0);
      const runId = /\/runs\/([0-9a-f]{32})/.exec(stdout)?.[1] ?? '';
      expect(stdout, 'the link that the client prints').to.contain(`${target.url}/#/experiments/0/runs/${runId}`);
      const { run } = (await ask(`/runs/get?run_id=${runId}`)) as {
        run: { data: Record<string, unknown>; info: object };
      };
      expect(run.info).to.include({ status: 'FINISHED', lifecycle_stage: 'active' });
      expect(run.data['params']).to.deep.equal([{ key: 'alpha', value: '0.5' }]);
      const { metrics } = (await ask(`/metrics/get-history?run_id=${runId}&metric_key=loss`)) as {
        metrics: { step: number; value: number }[];
      };
      expect(metrics.map(({ step, value }) => [step, value])).to.have.deep.members([
        [1, 0.9],
        [2, 0.5],
        [3, 0.3],
      ]);
    });

    it('moves artifacts up and down, byte for byte', async () => {
      expect(lastJson(await python(script('artifacts'), experiment))).to.deep.equal({
        listed: [
          ['config.json', false, 45],
          ['feed.xml', false, 10],
          ['notes', true, null],
          ['odd names', true, null],
          ['page.html', false, 9],
          ['tree', true, null],
          ['weights.bin', false, 1048576],
        ],
        folder: [
          ['tree/deep', true],
          ['tree/one.txt', false],
        ],
        weights: true,
        odd: 'ünï',
        page: '<b>hi</b>',
        feed: '<a b="c"/>',
        two: '22',
        config: { value: [1, 2.5, null] },
        notes: 'some text',
        loaded: { value: [1, 2.5, null] },
        missing: 'MlflowException',
      });
    });

    it('logs, searches, pages, deletes and restores runs', async () => {
      expect(lastJson(await python(script('runs'), `${experiment} runs`))).to.deep.equal({
        children: ['child 0.3', 'child 0.2'],
        columns: ['metrics.acc', 'params.lr'],
        pages: ['child 0.3', 'child 0.2', 'parent'],
        points: 1000,
        first: [1, 1700000000000, 0],
        step: '9007199254740993',
        nan: true,
        params: { lr: '0.1', model: 'tree', batch: '1' },
        phase: 'two',
        user: true,
        status: 'FINISHED',
        changed: 'INVALID_PARAMETER_VALUE',
        remaining: ['child 0.2', 'child 0.3'],
        stage: 'deleted',
        name: `${experiment} runs renamed`,
        'old name is free': true,
      });
    });

    it('registers models, moves their stages and aliases, copies, pages and loads them', async () => {
      expect(lastJson(await python(script('registry'), `${experiment} model`))).to.deep.equal({
        taken: 'RESOURCE_ALREADY_EXISTS',
        foreign: 'INVALID_PARAMETER_VALUE',
        local: 'INVALID_PARAMETER_VALUE',
        reserved: ['INVALID_PARAMETER_VALUE', 'INVALID_PARAMETER_VALUE'],
        versions: ['1', '2', '3'],
        status: 'READY',
        champion: ['1', ['champion'], 'first'],
        stages: { 1: 'Archived', 2: 'Production', 3: 'None' },
        latest: { Archived: '1', Production: '2', None: '3' },
        'by run': 1,
        copy: [' copy', '1', true],
        'copied from': true,
        downloaded: 'weights',
        pages: ['0', '1', '2', '3', '4'],
        renamed: [{ champion: '1', challenger: '2' }, { team: 'vision' }, ['1', '2', '3']],
        left: { champion: '1' },
        gone: 'RESOURCE_DOES_NOT_EXIST',
      });
    });

    it('logs models, measures them on datasets, finds and loads them', async () => {
      expect(lastJson(await python(script('models'), `${experiment} models`))).to.deep.equal({
        name: 'classifier',
        status: 'READY',
        params: { C: '0.5' },
        'source run': true,
        location: true,
        metrics: [
          ['accuracy', 0.5, 'held out'],
          ['accuracy', 0.9, 'flowers'],
          ['loss', 0.25, ''],
        ],
        tag: 'champion',
        note: false,
        external: ['READY', 'true'],
        gone: 'RESOURCE_DOES_NOT_EXIST',
        found: [true, true],
        'found on data': ['classifier'],
        pages: ['classifier', 'classifier', 'external', 'model'],
        outputs: [true],
        inputs: [['flowers', 'training'], ['held out']],
        schema: 'length',
        'with data': ['nested', 'training'],
        'by context': ['autologged'],
        'by id': true,
        'by run': true,
        'by alias': true,
        registered: [true, true, true, true],
        pyfunc: true,
        signature: ['length', 'width'],
        example: [2, 2],
        files: [
          ...['MLmodel', 'conda.yaml', 'input_example.json', 'model.skops', 'python_env.yaml', 'requirements.txt'],
          'serving_input_example.json',
        ],
        auto: ['model', '50', 'training_accuracy_score'],
        table: [2, 2],
        image: [2, 3, 3],
        dict: { a: [1, null] },
        artifacts: ['dict.json', 'images', 'plots', 'table.json'],
      });
    });

    it('keeps prompts by mlflow.genai', async () => {
      const name = `prompt-${randomBytes(4).toString('hex')}`;
      expect(lastJson(await python(script('prompts'), name))).to.deep.equal({
        versions: [1, 2],
        text: 'Hello you',
        variables: ['mood', 'question'],
        chat: 'why?',
        format: { type: 'object' },
        message: 'first',
        'version tags': 'ada',
        latest: 2,
        missing: null,
        tags: { author: 'ada', team: 'nlp' },
        found: [true, true, 0],
        'in run': 'Hello run',
        linked: true,
        model: 'RESOURCE_ALREADY_EXISTS',
        gone: null,
      });
    });

    it('runs what is traced, and says that its traces are not kept', async () => {
      const traced = await python(script('traces'));
      expect(lastJson(traced)).to.deep.equal({ result: 2, search: 'ENDPOINT_NOT_FOUND' });
      expect(traced.stderr).to.include('Failed to send trace to MLflow backend');
      const untraced = await python(script('traces'), 'disable');
      expect(lastJson(untraced)).to.deep.equal({ result: 2 });
      expect(untraced.stderr).to.not.include('Failed to send');
    });

    it('lists experiments and runs on the command line', async () => {
      const experiments = await mlflow('experiments', 'search');
      expect(experiments.code, experiments.stderr).to.equal(0);
      expect(experiments.stdout).to.match(/^0 +Default +mlflow-artifacts:\/0$/m);
      const runs = await mlflow('runs', 'list', '--experiment-id', '0');
      expect(runs.code, runs.stderr).to.equal(0);
      expect(runs.stdout).to.match(/[0-9a-f]{32}/);
    });

    it('is refused with a wrong password', async () => {
      const { code, stderr } = await runClient(
        venv,
        { ...variables, MLFLOW_TRACKING_PASSWORD: 'wrong', MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' },
        'python',
        example,
      );
      expect(code).to.not.equal(0);
      expect(stderr).to.contain('401');
    });

    async function ask(path: string): Promise<unknown> {
      const { user = '', password = '' } = target.account ?? {};
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
      const request = { method: 'GET', path: `/api/2.0/mlflow${path}`, headers: { authorization } };
      const { status, body } = await send(
        new URL(target.url),
        request,
        target.caFile === undefined ? undefined : readFileSync(target.caFile, 'utf8'),
      );
      expect(status, body.toString()).to.equal(200);
      return JSON.parse(body.toString());
    }
  });
}
