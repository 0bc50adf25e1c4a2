import { expect } from 'chai';
import fc from 'fast-check';
import { background } from '../../../backend/call-context.ts';
import type { Experiment } from '../../../backend/entities/experiment.ts';
import type { MetricPoint } from '../../../backend/entities/metric.ts';
import type { Run } from '../../../backend/entities/run.ts';
import { noLinks } from '../../../backend/entities/run.ts';
import { createMetricService } from '../../../backend/services/metrics.ts';
import { checkAlias } from '../../../backend/services/registered-models/checks.ts';
import { isPlainLocation } from '../../../backend/services/registered-models/source-uri.ts';
import { createRunService } from '../../../backend/services/runs.ts';
import type { LoggedDataset } from '../../../backend/services/runs.ts';
import { checkName, checkUniquePath, normalisePath } from '../../../backend/services/validation/names.ts';
import { defaultRules } from '../../../backend/services/validation/rules.ts';
import { checkArtifactLocation } from '../../../backend/services/validation/artifact-location.ts';
import type { RunStore, Store } from '../../../backend/stores/contract/index.ts';
import { countingReads } from '../../support/counting.ts';
import { refusalOf } from '../../support/refusal.ts';

const lifecycle = { stage: 'active', epoch: 0, changedAt: 0 } as const;

/** A store of one run, which keeps what is linked to it. */
function storeOfOneRun(): { store: Store; run: () => Run } {
  let run = {
    info: { runId: 'r', experimentId: '0', lifecycle },
    ...{ params: new Map(), tags: new Map(), metrics: new Map(), links: noLinks },
  } as unknown as Run;
  const store = {
    runs: {
      get: () => Promise.resolve(run),
      update: (_context: unknown, _id: string, _parts: unknown, decide: (current: Run) => Partial<Run>) => {
        run = { ...run, ...decide(run) };
        return Promise.resolve(run.info);
      },
    },
    experiments: { get: () => Promise.resolve({ experimentId: '0', lifecycle } as unknown as Experiment) },
    datasets: { register: () => Promise.resolve() },
  } as unknown as Store;
  return { store, run: () => run };
}

describe('costs of long lists', () => {
  const count = 3000;

  it('of datasets that a run uses grow with their number', async () => {
    const { store, run } = storeOfOneRun();
    const { objects, reads } = countingReads(
      Array.from({ length: count }, (_none, index) => {
        return { name: `d${index >> 1}`, digest: 'x', sourceType: 's', source: 's' };
      }),
      'name',
    );
    const logged: LoggedDataset[] = objects.map((dataset) => ({ dataset, tags: [] }));
    await createRunService(store).logInputs(background, 'r', logged, ['m', 'm']);
    expect(run().links?.datasets.map(({ name }) => name)).to.deep.equal(
      Array.from({ length: count / 2 }, (_none, index) => `d${index}`),
    );
    expect(reads()).to.be.at.most(12 * count);
    await createRunService(store).logInputs(background, 'r', logged, ['n']);
    expect(run().links?.datasets).to.have.length(count / 2);
    expect(run().links?.modelInputs).to.deep.equal(['m', 'n']);
  });

  it('of models that a run has made grow with their number', async () => {
    const { store, run } = storeOfOneRun();
    const models = Array.from({ length: count }, (_none, step) => ({ modelId: `m${step}`, step }));
    const { objects, reads } = countingReads(models, 'modelId');
    await createRunService(store).logOutputs(background, 'r', objects);
    expect(reads()).to.be.at.most(4 * count);
    expect(run().links?.modelOutputs).to.have.length(count);
    const taken = "BAD_REQUEST The run has 'm7' among its model outputs already.";
    expect(await refusalOf(createRunService(store).logOutputs(background, 'r', [{ modelId: 'm7', step: 1 }]))).to.equal(
      taken,
    );
    const twice = ['new', 'new'].map((modelId) => ({ modelId, step: 1 }));
    expect(await refusalOf(createRunService(store).logOutputs(background, 'r', twice))).to.contain(
      "'new' among its model outputs",
    );
  });

  it('of sampled histories grow with the runs, however often each is named', async () => {
    const asked: string[] = [];
    const points: MetricPoint[] = [0, 1, 2].map((step) => ({ key: 'm', value: 0.5, timestamp: step, step }));
    const runs = {
      history: (_context: unknown, runId: string) => {
        asked.push(runId);
        return Promise.resolve(points);
      },
    } as unknown as RunStore;
    const found = await createMetricService(runs).sample(background, {
      runIds: ['b', 'a', ...Array.from({ length: 20 }, () => 'b')],
      key: 'm',
      maxResults: 2,
    });
    expect(asked).to.deep.equal(['b', 'a']);
    // MLflow's server answers a run as often as it is named, in the order in which it is named.
    const expected = ['b', 'a', ...Array.from({ length: 20 }, () => 'b')].flatMap((id) => [`${id}0`, `${id}2`]);
    expect(found.map(({ runId, step }) => `${runId}${step}`)).to.deep.equal(expected);
  });
});

describe('costs of long names and locations', () => {
  it('of a name: it is another path where its normal form is another', () => {
    const piece = fc.constantFrom('.', '..', '', 'a', '...', '..a', 'a.', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const name = pieces.join('/');
        const resolved = normalisePath(name);
        const isOther = resolved !== name || resolved === '.' || resolved.startsWith('..') || resolved.startsWith('/');
        let refused: unknown;
        try {
          checkUniquePath(name, 'key');
        } catch (error) {
          refused = error;
        }
        expect(refused !== undefined).to.equal(isOther);
      }),
      { numRuns: 2000 },
    );
    expect(() => checkUniquePath('/'.repeat(60_000_000), 'key')).to.throw(/would resolve to '\/'$/);
  });

  it('of a name of letters that take two units: no pattern goes through all of it', () => {
    const name = '𝒳'.repeat(15_000_000);
    expect(() => checkName(name, 'key')).not.to.throw();
    expect(() => checkAlias(name)).to.throw(/exceeds the maximum length of 255 characters$/);
    expect(() => checkName(`?${name}`, 'key')).to.throw(/Names may only contain/);
    expect(() => checkAlias(`?${name}`)).to.throw(/Names may only contain/);
    expect(() => checkName(`a\n`, 'key')).not.to.throw();
  });

  // As long as each slash was where the last ones might begin, this took hours.
  it('of a location: slashes cost no more than other characters', () => {
    expect(isPlainLocation(`s3://b/a${'/'.repeat(400_000)}b`)).to.equal(true);
    expect(isPlainLocation(`s3://b/a/b${'/'.repeat(400_000)}`)).to.equal(true);
    expect(isPlainLocation(`s3://b/a/../b${'/'.repeat(400_000)}`)).to.equal(false);
  });

  it('of a location that is far too long: it is not decoded', () => {
    const encoded = `s3://b/a?${'%25'.repeat(2_000_000)}2e%2e`;
    expect(() => {
      checkArtifactLocation(encoded, defaultRules);
    }).to.throw(/^Invalid artifact path length\. .* cannot be greater than 2048 characters/);
    expect(() => {
      checkArtifactLocation(`s3://b/a?${'x'.repeat(3000)}..`, defaultRules);
    }).to.throw('Invalid query string');
  });
});
