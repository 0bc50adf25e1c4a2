import { expect } from 'chai';
import fc from 'fast-check';
import { decodeLoggedModelToken, encodeLoggedModelToken } from '../../../backend/search/logged-model-token.ts';
import { decodePageToken, encodePageToken } from '../../../backend/search/page-token.ts';
import { positionOf, tokenBehind } from '../../../backend/services/metrics/position.ts';
import { charactersRead } from '../../support/counting.ts';
import { refusal } from '../../support/refusal.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const query = { experimentIds: ['1', '2'], filter: '', orderBy: [] };
const place = { values: [], creationTime: 5, modelId: 'm-1' };

const readers: Readonly<Record<string, (token: string) => unknown>> = {
  'a search': (token) => decodePageToken(token, 'digest'),
  'a search of logged models': (token) => decodeLoggedModelToken(token, query),
  'a history': (token) => positionOf(token, 'm'),
};

describe('page tokens', () => {
  for (const [of, read] of Object.entries(readers)) {
    it(`of ${of}: any JSON in one is refused, and nothing worse`, () => {
      const json = fc.oneof(
        fc.json(),
        fc.constantFrom('9'.repeat(30), '9'.repeat(5000), '1.0', '1e400', 'NaN', '['.repeat(5000), '', '\ud800'),
      );
      const field = fc.constantFrom('experiment_ids', 'filter_string', 'order_by', 'after', 'v', 'q', 'k', 'timestamp');
      const object = fc
        .array(fc.tuple(field, json))
        .map((fields) => `{${fields.map(([name, value]) => `"${name}":${value}`).join()}}`);
      fc.assert(
        fc.property(fc.oneof(json, object), (text) => {
          expect(refusal(() => read(base64(text)))).to.match(/^INVALID_PARAMETER_VALUE /);
        }),
        { numRuns: 500 },
      );
    });

    it(`of ${of}: a message shows the beginning of a long one`, () => {
      for (const token of [base64('x'.repeat(100_000)), base64(`["${'x'.repeat(100_000)}"]`), 'A'.repeat(17_000_000)]) {
        expect(refusal(() => read(token))).to.have.length.below(2600);
      }
    });
  }

  it('that are too long are not decoded', () => {
    const long = `!${'A'.repeat(16_000_000)}`;
    for (const read of Object.values(readers)) {
      expect(refusal(() => read(long))).to.equal('INVALID_PARAMETER_VALUE Invalid page token, could not base64-decode');
      expect(charactersRead(() => refusal(() => read(long)))).to.be.below(10_000);
    }
  });

  it('of another search of logged models say which, whatever stands in their place', () => {
    const token = (fields: string): string => base64(`{"experiment_ids":["1","2"],${fields}}`);
    expect(decodeLoggedModelToken(encodeLoggedModelToken(query, place), query)).to.deep.equal(place);
    expect(refusal(() => decodeLoggedModelToken(base64('{"experiment_ids":12345678901234567890}'), query))).to.contain(
      "Expected: ['1', '2']. Found: 12345678901234567890",
    );
    expect(refusal(() => decodeLoggedModelToken(token('"filter_string":99999999999999999999'), query))).to.contain(
      'Expected: None. Found: 99999999999999999999',
    );
    const after = (values: readonly unknown[]): string => token(`"after":${JSON.stringify(values)}`);
    expect(decodeLoggedModelToken(after(['n5', 'sm-1']), query)).to.deep.equal(place);
    for (const values of [
      ['nNaN', 'sm'],
      ['n1.5', 'sm'],
      ['nInfinity', 'sm'],
      ['n1e+300', 'sm'],
      ['i9223372036854775807', 'sm'],
      ['n5', `s${'m'.repeat(257)}`],
    ]) {
      expect(
        refusal(() => decodeLoggedModelToken(after(values), query)),
        values[0],
      ).to.contain('it holds no position');
    }
  });

  it('hold integers of 64 bits', () => {
    const most = 2n ** 63n - 1n;
    for (const value of [most, -most - 1n]) {
      expect(decodePageToken(encodePageToken('digest', [value]), 'digest')).to.deep.equal([value]);
      const point = { key: 'm', value: 1, timestamp: value, step: value };
      expect(positionOf(tokenBehind(point), 'm')).to.deep.equal(point);
    }
    for (const value of [most + 1n, -most - 2n]) {
      expect(refusal(() => decodePageToken(encodePageToken('digest', [value]), 'digest'))).to.contain('parsed value=');
      for (const place of [
        { timestamp: value, step: 0 },
        { timestamp: 0, step: value },
      ]) {
        expect(refusal(() => positionOf(tokenBehind({ key: 'm', value: 1, ...place }), 'm'))).to.contain(
          'parsed value=',
        );
      }
    }
  });
});
