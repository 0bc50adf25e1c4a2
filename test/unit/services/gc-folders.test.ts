import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import { folderOf, removeFolder } from '../../../backend/services/gc/folders.ts';
import { failureOf, put } from '../../contract/artifact-store/helpers.ts';
import { remoteException } from '../../support/fake-webhdfs/index.ts';
import { onFake, root } from '../artifacts/webhdfs/fake-store.ts';

describe('folders that gc removes', () => {
  const on = onFake();

  it('takes a name that its store cannot have for a folder that is not there, and goes on', async () => {
    // HDFS keeps each sign as three.
    const folder = folderOf(`mlflow-artifacts:/${'%'.repeat(100)}/run/artifacts`, 'run');
    expect(folder).to.equal(`${'%'.repeat(100)}/run`);
    await removeFolder(background, on.store, folder);
    await removeFolder(background, on.store, folderOf('mlflow-artifacts:/0/run/artifacts', 'run'));
  });

  it('fails where a folder that is there stays', async () => {
    await put(on.store, '0/run/artifacts/f', 'x');
    on.fake.fault = ({ op }) =>
      op === 'RENAME' ? { status: 403, body: remoteException('AccessControlException') } : undefined;
    const folder = folderOf('mlflow-artifacts:/0/run/artifacts', 'run');
    expect(String(await failureOf(removeFolder(background, on.store, folder)))).to.include('denies');
    on.fake.fault = () => undefined;
    await removeFolder(background, on.store, folder);
    expect(on.fake.tree.countFiles(root)).to.equal(0);
  });
});
