import type { CallContext } from '../../call-context.ts';
import type { LoggedModelStore } from '../../stores/contract/index.ts';
import { parseJsonExactly } from '../../wire/json/parse.ts';
import { dumpsSpaced } from '../../wire/json/python.ts';
import { isArray } from '../../wire/json/value.ts';
import { repr } from '../../wire/json/repr.ts';

/** What a version takes from the logged model that it is made of. */
export interface SourceModel {
  readonly artifactUri: string;
  /** '' where there is none. */
  readonly sourceRunId: string;
}

/** The logged models, as far as versions need them. */
export interface SourceModels {
  /** undefined for a deleted one, too. */
  get(context: CallContext, modelId: string): Promise<SourceModel | undefined>;
  /** Notes on the logged model that a version was made of it. */
  noteVersion(
    context: CallContext,
    modelId: string,
    version: { readonly name: string; readonly version: number },
  ): Promise<void>;
}

/** Where MLflow's pages look for the versions that were made of a logged model: a JSON list. */
const versionsTag = 'mlflow.modelVersions';

export const createSourceModels = (loggedModels: LoggedModelStore): SourceModels => ({
  async get(context, modelId) {
    const model = await loggedModels.get(context, modelId, []);
    if (model === undefined || model.info.stage === 'deleted') return undefined;
    const { artifactUri, sourceRunId } = model.info;
    return { artifactUri, sourceRunId };
  },

  async noteVersion(context, modelId, { name, version }) {
    await loggedModels.update(context, modelId, ({ tags }) => {
      const noted = parseJsonExactly(tags.get(versionsTag) ?? '[]');
      // A tag that somebody has set to something else is left alone: the version is there already.
      if (!isArray(noted)) return {};
      const entry = { name, version };
      if (noted.some((one) => repr(one) === repr(entry))) return {};
      return { setTags: new Map([[versionsTag, dumpsSpaced([...noted, entry])]]) };
    });
  },
});
