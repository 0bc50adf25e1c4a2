import { mkdirSync, writeFileSync } from 'node:fs';
import { service } from '../../../backend/manifest/index.ts';
import { definitionFolder, emit } from '../../../rewrite-generator/emit/index.ts';

/** Version under which the definition with Knox's own dispatch is installed: lower, so only who asks for it gets it. */
export const stockVersion = '0.0.1';

/** Installs what `kirka generate --stock-dispatch` writes beside the shipped definition. */
export function installStockService(home: string): void {
  const files = emit({ grouping: 'exact', dispatch: 'stock' });
  const folder = `${home}data/services/${service.name}/${stockVersion}`;
  mkdirSync(folder, { recursive: true });
  for (const name of ['service.xml', 'rewrite.xml']) {
    const content = files.get(`${definitionFolder}/${name}`) ?? '';
    writeFileSync(`${folder}/${name}`, content.replace(`version="${service.version}"`, `version="${stockVersion}"`));
  }
}
