import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * A backend as a process of its own, to be killed under load. Arguments: port, and the file in which it notes each
 * request, as `<method> <body>`, before it answers.
 */
const [port, file = ''] = process.argv.slice(2);

createServer((request, response) => {
  void buffer(request).then((body) => {
    appendFileSync(file, `${request.method ?? ''} ${body.toString()}\n`);
    setTimeout(() => response.end('done'), 20);
  });
}).listen(Number(port), '127.0.0.1');
