import type { CallContext } from '../../call-context.ts';
import { versionNumbers } from '../../entities/registered-model.ts';
import type { ModelVersion } from '../../entities/registered-model.ts';
import type { RegisteredModelStore } from '../../stores/contract/index.ts';
import type { Finding } from './report.ts';

/** A version of a registered model whose files are those of something that is removed. */
export interface LostVersion {
  readonly name: string;
  readonly version: number;
  /** What they belong to: the id of a run, a logged model or an experiment. */
  readonly of: string;
}

/**
 * The versions of registered models whose files go with what was found. As with MLflow, they stay and still name it: who
 * loads one is told that the files are not there.
 */
export async function* lostVersions(
  context: CallContext,
  registeredModels: Pick<RegisteredModelStore, 'scan'>,
  findings: readonly Finding[],
): AsyncGenerator<LostVersion> {
  const ids = new Set(findings.filter(({ kind }) => kind !== 'experiment').map(({ id }) => id));
  if (ids.size === 0) return;
  for await (const page of registeredModels.scan(context, { versions: versionNumbers })) {
    for (const { model, versions } of page) {
      for (const version of versions.values()) {
        const of = placesOf(version).find((part) => ids.has(part));
        if (of !== undefined) yield { name: model.name, version: version.version, of };
      }
    }
  }
}

/** The parts of the paths that a version's files are at: an id among them is that of the owner's folder. */
const placesOf = ({ source, storageLocation }: ModelVersion): readonly string[] =>
  [source, storageLocation].flatMap((location) =>
    /^(runs|models|mlflow-artifacts):/i.test(location) ? location.split('/') : [],
  );
