import type { Row } from '../row.ts';
import { bodyRows } from './bodies.ts';
import { headerRows } from './headers.ts';
import { identityRows } from './identity.ts';
import { dotRows, pathRows } from './paths.ts';
import { queryRows } from './queries.ts';
import { readBodyRows } from './read-bodies.ts';
import { routeRows } from './routes.ts';

/** The table, by topic. */
export const allRows: Readonly<Record<string, readonly Row[]>> = {
  bodies: bodyRows,
  'bodies of reads': readBodyRows,
  paths: pathRows,
  'dots in paths': dotRows,
  queries: queryRows,
  identity: identityRows,
  headers: headerRows,
  'every route of the manifest': routeRows,
};
