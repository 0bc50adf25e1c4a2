import { expect } from 'chai';
import { MlflowError } from '../../../backend/errors.ts';
import { background } from '../../../backend/call-context.ts';
import type { BodyCall } from '../../../backend/handler.ts';
import type { Method } from '../../../backend/manifest/index.ts';
import { CreateExperiment } from '../../../backend/wire/messages/experiments.ts';
import { CreateRun, LogBatch, LogMetric, SearchRuns, UpdateRun } from '../../../backend/wire/messages/runs.ts';
import {
  array,
  floatlike,
  intlike,
  lessThanOrEqual,
  readMessage,
  required,
  string,
} from '../../../backend/wire/read.ts';

function call(
  method: Method,
  body: string,
  query = '',
  contentType: string | undefined = 'application/json',
): BodyCall {
  return {
    route: { id: 'x.y', area: 'runs', method, path: '/x', surfaces: ['api'], access: 'read', streamed: false },
    method,
    params: {},
    query: new URLSearchParams(query),
    header: (name) => (name === 'content-type' ? contentType : undefined),
    context: background,
    requestId: '',
    body: Buffer.from(body),
  };
}

const post = (body: string): BodyCall => call('POST', body);
const seeDocs = ' See the API docs for more information about request parameters.';

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).to.be.instanceOf(MlflowError);
    return (error as MlflowError).message;
  }
  throw new Error('not refused');
}

const createSchema = { name: [required, string], tags: [array] };
const runSchema = { experiment_id: [string], start_time: [intlike], run_name: [string] };
const metricSchema = { key: [required, string], value: [required, floatlike], timestamp: [intlike, required] };

describe('readMessage', () => {
  it('reads both spellings of a name, ignores unknown fields, takes null as absent', () => {
    const read = readMessage(post('{"experimentId":"1","run_name":null,"x":{"y":1}}'), CreateRun, runSchema);
    expect(read).to.deep.equal({ experiment_id: '1', run_name: undefined });
  });

  it('refuses both spellings at once, nested ones too', () => {
    expect(refusal(() => readMessage(post('{"run_id":"a","runId":"b"}'), UpdateRun))).to.equal(
      "Request specifies both 'run_id' and 'runId'; provide only one of them.",
    );
  });

  it('reads int64 and double in every notation that protobuf takes', () => {
    const body = '{"value":"NaN","timestamp":"12","step":9007199254740993,"key":"k"}';
    const read = readMessage(post(body), LogMetric, metricSchema);
    expect(read.value).to.be.NaN;
    expect([read.timestamp, read.step]).to.deep.equal([12, 9007199254740993n]);
    expect(readMessage(post('{"step":1e3,"value":true,"timestamp":1.0}'), LogMetric)).to.deep.equal({
      step: 1000,
      value: 1,
      timestamp: 1,
    });
  });

  it('takes enum names and numbers', () => {
    for (const [status, name] of [
      ['"FINISHED"', 'FINISHED'],
      ['3', 'FINISHED'],
      ['"3"', 'FINISHED'],
      ['"no such"', undefined],
    ]) {
      expect(readMessage(post(`{"status":${status}}`), UpdateRun).status).to.equal(name);
    }
  });

  it('shows value and Python type of what does not fit', () => {
    const shown: [string, string, string][] = [
      ['{"name":5}', '5', 'int'],
      ['{"name":5.0}', '5.0', 'float'],
      ['{"name":1e3}', '1000.0', 'float'],
      ['{"name":NaN}', 'NaN', 'float'],
      ['{"name":12345678901234567890}', '12345678901234567890', 'int'],
      ['{"name":{"b":1,"a":[true,"é"]}}', '{"a":[true,"\\u00e9"],"b":1}', 'dict'],
    ];
    for (const [body, value, type] of shown) {
      expect(refusal(() => readMessage(post(body), CreateExperiment, createSchema))).to.equal(
        `Invalid value ${value} for parameter 'name' supplied:  Hint: Value was of type '${type}'.${seeDocs}`,
      );
    }
  });

  it('refuses a bare NaN or infinity in a double, also where no validator objects', () => {
    for (const [body, path, value] of [
      ['{"key":"k","value":NaN,"timestamp":1}', 'value', 'NaN'],
      ['{"key":"k","value":-1e400,"timestamp":1}', 'value', '-Infinity'],
    ]) {
      expect(refusal(() => readMessage(post(body ?? ''), LogMetric, metricSchema))).to.equal(
        `Invalid value ${value} for parameter '${path}' supplied:  Hint: Value was of type 'float'.${seeDocs}`,
      );
    }
    const batch = '{"run_id":"r","metrics":[{"key":"a","value":1},{"key":"b","value":Infinity}]}';
    expect(refusal(() => readMessage(post(batch), LogBatch))).to.contain("Infinity for parameter 'metrics[1].value'");
  });

  it('keeps what was read before a value that does not fit', () => {
    expect(
      readMessage(post('{"experiment_id":"1","start_time":1.5,"run_name":"n"}'), CreateRun, runSchema),
    ).to.deep.equal({
      experiment_id: '1',
    });
    const tags = readMessage(
      post('{"name":"n","tags":[{"key":"a"},{"value":"v","key":5},{"key":"b"}]}'),
      CreateExperiment,
    );
    expect(tags).to.deep.equal({ name: 'n', tags: [{ key: 'a' }, { value: 'v' }] });
  });

  it('takes a body that is no JSON as an empty one, and a twice encoded one as meant', () => {
    for (const body of ['', '{"name":', 'null', '"null"']) {
      expect(refusal(() => readMessage(post(body), CreateExperiment, createSchema))).to.equal(
        `Missing value for required parameter 'name'.${seeDocs}`,
      );
    }
    expect(readMessage(post('"{\\"name\\":\\"n\\"}"'), CreateExperiment, createSchema)).to.deep.equal({ name: 'n' });
  });

  it('refuses a body that is no object, and the wrong content type', () => {
    for (const body of ['[]', '5', 'true']) {
      expect(refusal(() => readMessage(post(body), CreateExperiment))).to.equal(
        'The request body must be a JSON object.',
      );
    }
    expect(refusal(() => readMessage(call('POST', '{}', '', 'text/plain'), CreateExperiment))).to.equal(
      "Bad Request. Content-Type must be one of ['application/json'].",
    );
    expect(readMessage(call('GET', '', '', 'text/plain'), CreateExperiment)).to.deep.equal({});
  });

  it('reads a query: the first of equal keys, all of a repeated field', () => {
    const query = 'experiment_ids=1&experiment_ids=2&max_results=5&max_results=6&order_by=a';
    expect(readMessage(call('GET', '', query), SearchRuns)).to.deep.equal({
      experiment_ids: ['1', '2'],
      max_results: 5,
      order_by: ['a'],
    });
  });

  it('checks types only where the message could not be read, limits always', () => {
    const schema = { max_results: [intlike, lessThanOrEqual(50000)] };
    expect(refusal(() => readMessage(post('{"max_results":50001}'), SearchRuns, schema))).to.equal(
      `Invalid value 50001 for parameter 'max_results' supplied:  Hint: Value was of type 'int'.${seeDocs}`,
    );
    expect(refusal(() => readMessage(post('{"max_results":"x"}'), SearchRuns, schema))).to.contain("type 'str'");
  });

  it('refuses an integer that no double holds', () => {
    for (const value of [`1${'0'.repeat(309)}`, `-${'9'.repeat(4300)}`]) {
      const body = `{"key":"k","timestamp":1,"value":${value}}`;
      expect(refusal(() => readMessage(post(body), LogMetric, metricSchema))).to.match(
        /^Invalid value -?[0-9]{310,500}(\.\.\.)? for parameter 'value' supplied: {2}Hint: Value was of type 'int'\./,
      );
    }
    expect(readMessage(post(`{"value":1${'0'.repeat(308)}}`), LogMetric).value).to.equal(1e308);
  });

  it('takes an integer for the number of an enum, however large', () => {
    const body = `{"run_id":"r","status":${'9'.repeat(400)}}`;
    expect(refusal(() => readMessage(post(body), UpdateRun, { status: [string] }))).to.contain("type 'int'");
  });

  it('says what a body has too much of, also where it is encoded twice', () => {
    const deep = `{"name":${'['.repeat(978)}${']'.repeat(978)}}`;
    const many = `{"name":"n","tags":[${Array.from({ length: 100_000 }, () => '{}').join()}]}`;
    for (const encode of [(text: string) => text, (text: string) => JSON.stringify(text)]) {
      expect(refusal(() => readMessage(post(encode(deep)), CreateExperiment, createSchema))).to.equal(
        'The request body has more than 978 levels of nesting.',
      );
      expect(refusal(() => readMessage(post(encode(many)), CreateExperiment, createSchema))).to.equal(
        'The request body has more than 100000 values.',
      );
    }
    const asDeepAsCanBe = `{"name":"n","more":${'['.repeat(977)}${']'.repeat(977)}}`;
    expect(readMessage(post(asDeepAsCanBe), CreateExperiment, createSchema)).to.deep.equal({ name: 'n' });
  });

  it('shows the beginning of a long value, be it one text or many', () => {
    const values: [string, RegExp][] = [
      [`"${'x'.repeat(1_000_000)}"`, /^Invalid value "x{499}\.\.\. for parameter 'tags' supplied/],
      [
        `{${Array.from({ length: 9000 }, (_none, index) => `"${index}":[[0]]`).join()}}`,
        /^Invalid value \{"0":\[\[0\]\]/,
      ],
      [`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`, /^Invalid value (\{"a":){100}\.\.\. for parameter 'tags' supplied/],
    ];
    for (const [value, message] of values) {
      const shown = refusal(() => readMessage(post(`{"name":"n","tags":${value}}`), CreateExperiment, createSchema));
      expect(shown).to.match(message).and.have.length.below(700);
    }
  });

  it('does not read parent properties of a message as fields', () => {
    expect(readMessage(post('{"constructor":1,"__proto__":{"name":"x"}}'), CreateExperiment)).to.deep.equal({});
  });
});
