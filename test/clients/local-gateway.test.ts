import { runKirka, temporaryFolder } from '../end-to-end/kirka-process.ts';
import { describeAlike } from './describe-alike.ts';
import { describeClients } from './describe-clients.ts';
import { describeExportImport } from './describe-export-import.ts';
import type { ClientTarget } from './target.ts';

async function kirkaStart(): Promise<ClientTarget> {
  const data = temporaryFolder();
  const kirka = runKirka('start', '--port', '0', '--data', data.path);
  return {
    url: await kirka.url,
    account: { user: 'guest', password: 'guest-password' },
    close: async () => {
      kirka.signal('SIGINT');
      await kirka.exit;
      data.remove();
    },
  };
}

describeClients('kirka start', kirkaStart);
describeAlike('kirka start', kirkaStart);
describeExportImport('kirka start', kirkaStart);
