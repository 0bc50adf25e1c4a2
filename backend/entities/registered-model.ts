/** Stages of a model version, by the names that answers show, in the order of MLflow's messages. */
export const modelStages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type ModelStage = (typeof modelStages)[number];

/**
 * A registered model as stored: one row, with all that must change together. A prompt is one too, told apart by a tag.
 */
export interface RegisteredModel {
  readonly name: string;
  /** '' where there is none. */
  readonly description: string;
  /** ms since 1970. */
  readonly creationTime: number;
  /** ms since 1970. */
  readonly lastUpdatedTime: number;
  /** When it was last renamed, in ms since 1970, 0 for never: MLflow counts that as an update of every version. */
  readonly renamedTime: number;
  /** In key order. */
  readonly tags: ReadonlyMap<string, string>;
  /** The number of the version that each stands for; in key order. */
  readonly aliases: ReadonlyMap<string, number>;
  /** The stage of every version that was ever made, by its number minus one; undefined where it has been deleted. */
  readonly stages: readonly (ModelStage | undefined)[];
  /** A deleted version was one of a prompt: MLflow's search of versions then goes on to hide the others of the name. */
  readonly hadPromptVersion: boolean;
}

/** A version but for its stage and its aliases, which its model's row says. */
export interface ModelVersion {
  /** From 1. */
  readonly version: number;
  /** ms since 1970. */
  readonly creationTime: number;
  /** ms since 1970; renaming the model may be later: see {@link lastUpdatedTime}. */
  readonly lastUpdatedTime: number;
  readonly description?: string | undefined;
  readonly source: string;
  /** Where the files are: the source, but for a copy of another version. */
  readonly storageLocation: string;
  /** '' where there is none. */
  readonly runId: string;
  /** '' where there is none. */
  readonly runLink: string;
  /** In key order. */
  readonly tags: ReadonlyMap<string, string>;
}

export const promptTag = 'mlflow.prompt.is_prompt';

/** Whether tags make a prompt of a model, or of a version, to those who look at one alone; searches look closer. */
export const isPrompt = (tags: ReadonlyMap<string, string>): boolean => tags.get(promptTag)?.toLowerCase() === 'true';

/** As searches tell prompts: in one spelling alone. */
export const isFoundAsPrompt = (tags: ReadonlyMap<string, string>): boolean => tags.get(promptTag) === 'true';

/** The stage of a version; undefined where there is none, or none any more. */
export const stageOf = ({ stages }: RegisteredModel, version: number): ModelStage | undefined => stages[version - 1];

/** The numbers of the versions that are there, upwards. */
export const versionNumbers = ({ stages }: RegisteredModel): readonly number[] =>
  stages.flatMap((stage, index) => (stage === undefined ? [] : [index + 1]));

/** The number of the latest version of each stage that has one, in the order of the first version of each. */
export function latestVersions({ stages }: RegisteredModel): ReadonlyMap<ModelStage, number> {
  const latest = new Map<ModelStage, number>();
  for (const [index, stage] of stages.entries()) if (stage !== undefined) latest.set(stage, index + 1);
  return latest;
}

/** The aliases of one version, in order. */
export const aliasesOf = ({ aliases }: RegisteredModel, version: number): readonly string[] =>
  [...aliases].flatMap(([alias, number]) => (number === version ? [alias] : []));

/** When a version was last updated, its model's renaming taken into account. */
export const lastUpdatedTime = (model: RegisteredModel, version: ModelVersion): number =>
  Math.max(version.lastUpdatedTime, model.renamedTime);
