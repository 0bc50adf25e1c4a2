import { runKirka, temporaryFolder } from '../end-to-end/kirka-process.ts';
import { describeClients } from './describe-clients.ts';

describeClients('kirka start', async () => {
  const data = temporaryFolder();
  const kirka = runKirka('start', '--port', '0', '--data', data.path);
  return {
    url: await kirka.url,
    user: 'guest',
    password: 'guest-password',
    close: async () => {
      kirka.signal('SIGINT');
      await kirka.exit;
      data.remove();
    },
  };
});
