import { expect } from 'chai';
import fc from 'fast-check';
import { int64 } from '../../../backend/entities/int64.ts';
import { encode } from '../../../backend/wire/encode.ts';
import { parseJson } from '../../../backend/wire/json/parse.ts';
import { Metric } from '../../../backend/wire/messages/metrics.ts';
import { GetRun, Run, RunResponse } from '../../../backend/wire/messages/runs.ts';
import { parseDict } from '../../../backend/wire/parse-dict.ts';

describe('encode', () => {
  it("prints numbers, enums and strings in protobuf's JSON", () => {
    const text = encode(Run, {
      info: { run_name: 'é"', status: 'RUNNING', start_time: 9007199254740993n, end_time: undefined },
      data: { metrics: [{ key: 'a', value: NaN }, { value: 1, step: -1 }, { value: -Infinity }], tags: [] },
      inputs: {},
    });
    expect(text).to.equal(
      '{"info":{"run_name":"\\u00e9\\"","status":"RUNNING","start_time":9007199254740993},' +
        '"data":{"metrics":[{"key":"a","value":"NaN"},{"value":1.0,"step":-1},{"value":"-Infinity"}]},"inputs":{}}',
    );
    expect(encode(RunResponse, {})).to.equal('{}');
  });

  it('prints what reads back: every double, int64 and string', () => {
    const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(int64);
    const metric = fc.record({ key: fc.string({ unit: 'grapheme' }), value: fc.double(), timestamp: int, step: int });
    fc.assert(
      fc.property(metric, (value) => {
        const read = {};
        parseDict(parseJson(encode(Metric, value)) ?? null, Metric, read);
        expect(read).to.deep.equal(value);
      }),
    );
  });

  it('does not print what the message does not have', () => {
    expect(encode(GetRun, { run_id: 'a', ...{ other: 1 } })).to.equal('{"run_id":"a"}');
  });
});
