import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { service } from '../../backend/manifest/index.ts';
import { readDefinition } from '../../rewrite-generator/engine/index.ts';
import type { Definition } from '../../rewrite-generator/engine/index.ts';

/**
 * Reads the generated service definition, the same files that Knox loads.
 * @param folder - knox-service of the package
 * @throws DefinitionError
 */
export async function loadDefinition(folder: string): Promise<Definition> {
  const definition = join(folder, service.name, service.version);
  const [serviceXml, rewriteXml] = await Promise.all(
    ['service.xml', 'rewrite.xml'].map((file) => readFile(join(definition, file), 'utf8')),
  );
  return readDefinition(serviceXml ?? '', rewriteXml ?? '');
}
