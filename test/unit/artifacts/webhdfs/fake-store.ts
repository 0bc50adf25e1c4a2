import type { ArtifactStore } from '../../../../backend/artifacts/contract.ts';
import { openWebhdfsArtifactStore } from '../../../../backend/artifacts/webhdfs/index.ts';
import type { WebhdfsOptions } from '../../../../backend/artifacts/webhdfs/index.ts';
import { startFakeWebHdfs } from '../../../support/fake-webhdfs/index.ts';
import type { FakeWebHdfs } from '../../../support/fake-webhdfs/index.ts';

export const root = '/kirka/artifacts';

export interface OnFake {
  readonly fake: FakeWebHdfs;
  readonly store: ArtifactStore;
  readonly open: (options?: Partial<WebhdfsOptions>) => Promise<ArtifactStore>;
}

/** A fake WebHDFS and a store on it for each test of the surrounding `describe`. */
export function onFake(options: Partial<WebhdfsOptions> = {}): OnFake {
  let fake: FakeWebHdfs;
  let opened: ArtifactStore[] = [];
  const open = async (more: Partial<WebhdfsOptions> = {}): Promise<ArtifactStore> => {
    const all = { addresses: fake.addresses, root, user: 'kirka', timeout: 1000, ...options, ...more };
    const store = await openWebhdfsArtifactStore(all);
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    fake = await startFakeWebHdfs();
    await open();
    fake.asked.length = 0;
  });
  afterEach(async () => {
    fake.fault = () => undefined;
    await Promise.all(opened.map((store) => store.close()));
    opened = [];
    await fake.close();
  });
  return {
    get fake() {
      return fake;
    },
    get store() {
      const [store] = opened;
      if (store === undefined) throw new Error('not open');
      return store;
    },
    open,
  };
}
