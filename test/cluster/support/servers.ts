import { ask, expectStatus } from './ask.ts';
import type { Question } from './ask.ts';

/** A cell of a row, spoken to HBase REST without any code of ours: what a test of the servers needs. */
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Makes a table with the family `d`. */
export async function createTable(rest: string, table: string, question: Question = {}): Promise<void> {
  const headers = { 'content-type': 'text/xml' };
  const body = `<TableSchema name="${table}"><ColumnSchema name="d"/></TableSchema>`;
  await expectStatus(201, `${rest}/${table}/schema`, { ...question, method: 'PUT', headers, body });
}

export async function putCell(rest: string, path: string, value: string, question: Question = {}): Promise<void> {
  const [, row = '', column = ''] = path.split('/');
  const cell = { column: base64(column), $: base64(value) };
  const body = JSON.stringify({ Row: [{ key: base64(row), Cell: [cell] }] });
  const headers = { 'content-type': 'application/json' };
  await expectStatus(200, `${rest}/${path.replace(/\/[^/]*$/, '')}`, { ...question, method: 'PUT', headers, body });
}

/** @returns the value of `<table>/<row>/<column>`; undefined where it is not there */
export async function getCell(rest: string, path: string, question: Question = {}): Promise<string | undefined> {
  const { status, body } = await ask(`${rest}/${path}`, {
    ...question,
    headers: { accept: 'application/octet-stream' },
  });
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`GET ${path}: ${String(status)} ${body.toString().slice(0, 500)}`);
  return body.toString();
}

/** The values of all cells of a small table. */
export async function cellsOf(rest: string, table: string): Promise<readonly string[]> {
  const { body } = await expectStatus(200, `${rest}/${table}/*`, { headers: { accept: 'application/json' } });
  const { Row } = JSON.parse(body.toString()) as { Row: { Cell: { $: string }[] }[] };
  return Row.flatMap(({ Cell }) => Cell.map(({ $ }) => Buffer.from($, 'base64').toString()));
}

/** Address of an operation on a file. Who asks is told by `user.name`, unless the gateway tells it. */
export const hdfs = (webhdfs: string, path: string, op: string, query: Record<string, string> = {}): string =>
  `${webhdfs}${encodeURI(path)}?${new URLSearchParams({ op, ...query }).toString()}`;

/** Writes a file as WebHDFS wants it: the NameNode sends to a DataNode, which takes the bytes. @returns its address */
export async function writeFile(url: string, body: Buffer | string, question: Question = {}): Promise<string> {
  const { headers } = await expectStatus(307, url, { ...question, method: 'PUT' });
  const location = headers.location ?? '';
  await expectStatus(201, location, { ...question, method: 'PUT', body });
  return location;
}

/** Reads a whole file by way of a DataNode. */
export async function readFile(url: string, question: Question = {}): Promise<Buffer> {
  const { headers } = await expectStatus(307, url, question);
  return (await expectStatus(200, headers.location ?? '', question)).body;
}
