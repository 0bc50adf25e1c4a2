import { createHash } from 'node:crypto';
import type { CallContext } from '../../call-context.ts';
import type { ImportedEntity, ImportRecord, ImportRecords, ImportStep } from '../contract/index.ts';
import { StoreCorrupt } from '../contract/index.ts';
import type { Environment } from './environment.ts';

type StoredRecord = [entity: ImportedEntity, step: ImportStep, digest: string, at: number];

export class LmdbImportRecords implements ImportRecords {
  readonly #env: Environment;

  constructor(environment: Environment) {
    this.#env = environment;
  }

  async get(context: CallContext, entity: ImportedEntity): Promise<ImportRecord | undefined> {
    return this.#get(keyOf(entity));
  }

  async put(context: CallContext, entity: ImportedEntity, { step, digest, at }: ImportRecord): Promise<void> {
    const key = keyOf(entity);
    await this.#env.write(() => {
      if (this.#get(key)?.step === 'complete') return;
      this.#env.imports.put(key, [entity, step, digest, at] satisfies StoredRecord);
    });
  }

  #get(key: Buffer): ImportRecord | undefined {
    const record = this.#env.imports.get(key);
    if (record === undefined) return undefined;
    if (!Array.isArray(record)) throw new StoreCorrupt('What is known of an import is no record.');
    const [, step, digest, at] = record as StoredRecord;
    return { step, digest, at };
  }
}

const keyOf = (entity: ImportedEntity): Buffer => createHash('sha256').update(JSON.stringify(entity)).digest();
