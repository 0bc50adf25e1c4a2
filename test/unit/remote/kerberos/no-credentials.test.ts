import { expect } from 'chai';
import { openRemote } from '../../../../backend/remote/index.ts';

describe('a remote without credentials', () => {
  it('asks once for each address, and says why at once', async () => {
    const asked: string[] = [];
    const remote = openRemote({
      name: 'HDFS NameNode',
      addresses: ['https://nn1.example.com:9871', 'https://nn2.example.com:9871'],
      authenticator: {
        headers: async ({ hostname }) => {
          asked.push(hostname);
          throw new Error(`no ticket for ${hostname}`);
        },
        learn: async () => false,
      },
    });
    const message = await remote.send({ method: 'GET', path: '/' }, { repeatable: true }).then(
      () => 'it was sent',
      (error: unknown) => (error as Error).message,
    );
    await remote.close();
    expect(message).to.match(/nn1\S* \(no credentials: no ticket for nn1\S*\), \S*nn2\S* \(no credentials: no ticket/);
    // Each try is a question to the KDC, which may lock an account that asks with a wrong key too often.
    expect(asked).to.have.members(['nn1.example.com', 'nn2.example.com']);
  });
});
