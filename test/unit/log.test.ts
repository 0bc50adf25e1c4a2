import { expect } from 'chai';
import { createLogger } from '../../backend/log.ts';

describe('the log', () => {
  function logged(work: (logger: ReturnType<typeof createLogger>) => void): string[] {
    const lines: string[] = [];
    work(createLogger('info', { write: (line) => void lines.push(line) }));
    return lines;
  }

  it('is one line an entry, for readers that end a line elsewhere and for terminals, too', () => {
    const nasty = 'a\n\r\u007f\u0085\u009b31m\u2028\u2029\u202eb\u2066\u001b[0m"\\é😀';
    const [line = '', ...more] = logged((logger) => {
      logger.warn({ user: nasty, [nasty]: 1, err: new Error(nasty) }, nasty);
    });
    expect(more).to.deep.equal([]);
    // eslint-disable-next-line no-control-regex -- control characters are what it is about
    expect(line.slice(0, -1)).to.not.match(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    expect(line).to.include('\\u0085').and.include('\\u2028').and.include('é😀');
    const entry = JSON.parse(line) as Record<string, unknown>;
    expect(entry).to.include({ user: nasty, msg: nasty, [nasty]: 1 });
    expect((entry.err as Error).message).to.equal(nasty);
  });

  it('says what failed and where, whatever the error carries', () => {
    const cause = new Error('the disk is gone');
    const failure = Object.assign(new Error('not stored', { cause }), { code: 'EIO', syscall: 'write' });
    const [line = ''] = logged((logger) => {
      logger.error({ err: failure }, 'request');
    });
    const { err } = JSON.parse(line) as { err: Record<string, string> };
    expect(err).to.include({ type: 'Error', message: 'not stored: the disk is gone', code: 'EIO', syscall: 'write' });
    expect(err.stack).to.include('log.test.ts').and.include('caused by: Error: the disk is gone');
  });

  it('has a bound for each of its lines', () => {
    const huge = 'x'.repeat(10_000_000);
    const nested: Record<string, unknown> = {};
    nested.itself = nested;
    const errors: unknown[] = [
      new Error(huge),
      new Error('outer', { cause: new Error(huge) }),
      new AggregateError(Array.from({ length: 1000 }, () => new Error(huge))),
      Object.assign(new Error('full'), { response: huge, [huge]: 1, body: Buffer.alloc(1_000_000), nested }),
      Object.assign(
        new Error('wide'),
        Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${String(at)}`, huge])),
      ),
      huge,
      Array.from({ length: 1_000_000 }, (_, at) => at),
      new Error('\u2028'.repeat(1_000_000)),
      { message: huge, deep: { deeper: { deepest: { end: huge } } } },
    ];
    for (const err of errors) {
      const [line = ''] = logged((logger) => {
        logger.error({ err }, 'request');
      });
      expect(line.length).to.be.lessThan(100_000);
      expect(() => JSON.parse(line) as unknown).to.not.throw();
    }
    const [line = ''] = logged((logger) => {
      logger.error({ err: new Error(huge) });
    });
    const { message, stack } = (JSON.parse(line) as { err: Record<string, string> }).err;
    expect(message).to.match(/^x{2000} \.\.\. \(10000000 characters\) \.\.\. x{2000}$/);
    expect(stack).to.include('log.test.ts');
  });
});
