import { inKeyOrder } from '../../entities/order.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { isFoundAsPrompt } from '../../entities/registered-model.ts';
import type { ModelWithVersions, RegisteredModelPatch } from '../contract/index.ts';
import { withPresentVersions } from '../absent-versions.ts';
import { patchedModel, patchedVersion, versionsIn } from '../registered-patch.ts';
import { decodeModelRow, decodeVersions, modelCells, pendingModelCells, removedVersions } from './model-row.ts';
import type { Change, VersionedRow } from './versioned-row.ts';

/** An update of a registered model, and what has been made ready for it. */
export interface ModelUpdate {
  readonly modelId: string;
  /** What it must be called. */
  readonly name: string;
  readonly decide: (current: RegisteredModel) => RegisteredModelPatch;
  /** Names the update, where it changes the model's name. */
  readonly token: string;
  /** The versions that are read along with the model. */
  readonly versions: Set<number>;
  /** The runs that are known to lead to the model. */
  readonly runs: Set<string>;
}

/** What came of one look at the row. */
export type Step =
  | { readonly is: 'absent' | 'pending' }
  /** Nothing is written until these have been made ready: only the decision says which they are. */
  | { readonly is: 'unready'; readonly versions: readonly number[]; readonly runs: readonly string[] }
  /** With another name it is written as pending. */
  | { readonly is: 'written' | 'renaming'; readonly next: ModelWithVersions };

const nothing = (result: Step): Change<Step> => ({ cells: new Map(), result });

/** What an update writes into a model's row. @throws what the decision does */
export function modelChange({ cells }: VersionedRow, update: ModelUpdate): Change<Step> {
  const { modelId, name, decide, token } = update;
  const { is: stored, pending } = decodeModelRow(modelId, cells);
  if (pending) return nothing({ is: 'pending' });
  if (stored?.name !== name) return nothing({ is: 'absent' });
  const { model: current, derived } = withPresentVersions(
    stored,
    (model) => {
      const patch = decide(model);
      return { patch, touched: versionsIn(model, patch) };
    },
    ({ touched }) => removedVersions(cells, touched),
  );
  const { patch, touched } = derived;
  const { versions: patches = new Map(), addVersion, deleteVersion } = patch;
  const versions = touched.filter((number) => !update.versions.has(number));
  const runs = [addVersion?.runId ?? ''].filter((runId) => runId !== '' && !update.runs.has(runId));
  if (versions.length + runs.length > 0) return nothing({ is: 'unready', versions, runs });

  const before = decodeVersions(modelId, cells, touched);
  const written = new Map<number, ModelVersion>();
  for (const [number, version] of before) {
    const versionPatch = patches.get(number);
    if (versionPatch && number !== deleteVersion) written.set(number, patchedVersion(version, versionPatch));
  }
  const deleted = deleteVersion === undefined ? undefined : before.get(deleteVersion);
  const marked = deleted && isFoundAsPrompt(deleted.tags) ? { hadPromptVersion: true } : {};
  const model = { ...patchedModel(current, patch), ...marked };
  if (addVersion) {
    const number = model.stages.length;
    written.set(number, { ...addVersion, tags: inKeyOrder(addVersion.tags), version: number });
  }
  const next = { model, versions: written };
  const changed = modelCells(model, written, deleteVersion);
  return model.name === name
    ? { cells: changed, result: { is: 'written', next } }
    : { cells: pendingModelCells(token, model.name, changed), result: { is: 'renaming', next } };
}
