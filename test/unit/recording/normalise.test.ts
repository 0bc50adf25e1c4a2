import { expect } from 'chai';
import { parseExact, printExact } from '../../wire/exact-json.ts';
import { Normaliser } from '../../wire/normalise.ts';

const first = '0123456789abcdef0123456789abcdef';
const second = 'fedcba9876543210fedcba9876543210';
const normalised = (value: unknown, normaliser = new Normaliser('u12')): string =>
  printExact(normaliser.json(parseExact(JSON.stringify(value))));

describe('normalising answers', () => {
  it('numbers run ids by appearance, also within texts and in later answers', () => {
    const normaliser = new Normaliser('u12');
    expect(normalised({ run_id: first, artifact_uri: `x/${first}/artifacts` }, normaliser)).to.equal(
      '{ "artifact_uri": "x/<run:1>/artifacts", "run_id": "<run:1>" }',
    );
    expect(normalised([{ run_id: second }, { run_id: first }], normaliser)).to.equal(
      '[{ "run_id": "<run:2>" }, { "run_id": "<run:1>" }]',
    );
  });

  it('takes a number for an experiment id only where one is named, and only one that was given out', () => {
    const normaliser = new Normaliser('u12');
    normalised({ experiment_id: '12' }, normaliser);
    expect(normaliser.text('No Experiment with id=12 exists')).to.equal('No Experiment with id=<experiment:1> exists');
    expect(normaliser.text('The experiment 12 must be')).to.equal('The experiment <experiment:1> must be');
    expect(normaliser.text('mlflow-artifacts:/12')).to.equal('mlflow-artifacts:/<experiment:1>');
    expect(normaliser.text('Invalid value 12, id=13, id=123')).to.equal('Invalid value 12, id=13, id=123');
    expect(normalised({ value: '12' }, normaliser)).to.equal('{ "value": "12" }');
  });

  it('leaves the default experiment its id', () => {
    expect(normalised({ experiment_id: '0' })).to.equal('{ "experiment_id": "0" }');
  });

  it('replaces only the times that the server sets, and only recent ones', () => {
    expect(normalised({ creation_time: 1790000000000, last_update_time: 0, start_time: 1790000000000 })).to.equal(
      '{ "creation_time": "<time>", "last_update_time": 0, "start_time": 1790000000000 }',
    );
  });

  it('shows that a random name is the same in both its places', () => {
    const run = (name: string, tag: string) => ({
      data: { tags: [{ key: 'mlflow.runName', value: tag }] },
      run_name: name,
    });
    expect(normalised(run('brave-newt-7', 'brave-newt-7'))).to.contain('"value": "<name:1>"');
    expect(normalised(run('brave-newt-7', 'other-newt-7'))).to.contain('"value": "other-newt-7"');
    expect(normalised(run('chosen', 'chosen'))).to.contain('"run_name": "chosen"');
  });

  it('sorts the lists that the server reads without an order, and no others', () => {
    const list = [{ key: 'b' }, { key: 'a' }];
    const sorted = [{ key: 'a' }, { key: 'b' }];
    expect(JSON.parse(normalised({ data: { tags: list, params: list, metrics: list } }))).to.deep.equal({
      data: { tags: sorted, params: sorted, metrics: sorted },
    });
    expect(normalised({ metrics: list })).to.equal('{ "metrics": [{ "key": "b" }, { "key": "a" }] }');
    expect(normalised({ experiments: [{ tags: list }] })).to.contain('[{ "key": "a" }, { "key": "b" }]');
  });

  it('cuts SQL text off, sorts a Python set, hides page tokens', () => {
    const { text } = { text: (value: string) => new Normaliser('u12').text(value) };
    expect(text('Experiment(name=u12) already exists. Error: (sqlite3.IntegrityError) UNIQUE ...')).to.equal(
      'Experiment(name=<unique>) already exists.',
    );
    expect(text('(sqlite3.IntegrityError) UNIQUE ... https://sqlalche.me/e/21/gkpj)')).to.equal('<SQL>');
    expect(text("not one of '{'LIKE', '!=', '='}'")).to.equal("not one of '{'!=', '=', 'LIKE'}'");
    expect(normalised({ next_page_token: 'abc' })).to.equal('{ "next_page_token": "<token>" }');
    expect(normalised({ next_page_token: '' })).to.equal('{ "next_page_token": "" }');
  });

  it('keeps long texts apart by their hash', () => {
    const long = (letter: string) => new Normaliser('u12').text(letter.repeat(500));
    expect(long('v')).to.match(/^v{60}<\.\.\. 500 characters, sha256 [0-9a-f]{16}>$/);
    expect(new Normaliser('u12').text('v'.repeat(499) + 'w')).to.not.equal(long('v'));
  });
});
