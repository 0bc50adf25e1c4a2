import { refused, row } from '../row.ts';
import type { Row, SeenRequest } from '../row.ts';

const list = '/api/2.0/mlflow/artifacts/list';

/** A raw query that must reach the backend as these decoded pairs. */
function reads(name: string, raw: string, query: NonNullable<SeenRequest['query']>): Row {
  return row(name, { request: { target: `/kirka${list}?${raw}` }, sees: { method: 'GET', path: list, query } });
}

const filter = `metrics.\`a b\` > 0.5 and tags."x'y" = 'ż' and params.p != '100%'`;

/** Knox decodes a query once and writes it anew: values stay, their spelling and the order of repeated keys may not. */
export const queryRows: readonly Row[] = [
  reads('a parameter called path, with slashes', 'run_id=r&path=a/b', [
    ['run_id', 'r'],
    ['path', 'a/b'],
  ]),
  reads('a parameter called path, escaped', 'run_id=r&path=a%2Fb%20c', [
    ['run_id', 'r'],
    ['path', 'a/b c'],
  ]),
  reads('quotes, backticks and comparison', `filter=${encodeURIComponent(filter)}`, [['filter', filter]]),
  reads('spaces as plus and as escape', 'a=x+y%20z%2B', [['a', 'x y z+']]),
  reads('escaped signs of the query itself', 'a=%26%3D%3F%23%25&b%26=1', [
    ['a', '&=?#%'],
    ['b&', '1'],
  ]),
  reads('an escaped escape', 'a=%252F', [['a', '%2F']]),
  reads('unicode', 'a=%C5%BC%F0%9F%99%82', [['a', 'ż🙂']]),
  reads('an empty value, and none', 'a=&b', [
    ['a', ''],
    ['b', null],
  ]),
  reads('repeated keys are gathered at the first', 'run_ids=1&x=9&run_ids=2', [
    ['run_ids', '1'],
    ['run_ids', '2'],
    ['x', '9'],
  ]),
  reads('equal pairs become one', 'a=1&a=1&b=2&a=3', [
    ['a', '1'],
    ['a', '3'],
    ['b', '2'],
  ]),
  reads('empty pairs go', 'a=1&&b=2&', [
    ['a', '1'],
    ['b', '2'],
  ]),
  reads('a bare question mark separates', 'f=a?b', [
    ['f', 'a'],
    ['b', null],
  ]),
  reads('a value of 7 kB', `a=${'x'.repeat(7000)}`, [['a', 'x'.repeat(7000)]]),
  row('no query', { request: { target: `/kirka${list}` }, sees: { method: 'GET', path: list } }),
  row('an empty query', { request: { target: `/kirka${list}?` }, sees: { method: 'GET', path: list } }),
  row('a query on a POST', {
    request: { method: 'POST', target: '/kirka/api/2.0/mlflow/runs/search?a=1', body: '{}' },
    sees: { method: 'POST', path: '/api/2.0/mlflow/runs/search', query: [['a', '1']], body: '{}' },
  }),
  refused('an escape that is none', { target: `/kirka${list}?a=%zz` }, 500),
  refused('a query of 9 kB', { target: `/kirka${list}?a=${'x'.repeat(9000)}` }, 414),
];
