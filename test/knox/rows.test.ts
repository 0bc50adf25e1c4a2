import { describeRows } from '../gateway/describe-rows.ts';
import { allRows } from '../gateway/rows/index.ts';
import { readBodyRows } from '../gateway/rows/read-bodies.ts';
import { stack } from './support/hooks.ts';

describeRows(
  'Knox 2.0.0',
  () => {
    const { knox, echo, ca, secret } = stack();
    return { url: `${knox.url}/gateway/sandbox`, ca, secret, backend: echo };
  },
  { ...allRows, 'bodies of reads': readBodyRows },
);
