/** What a version takes from the logged model that it is made of. */
export interface SourceModel {
  readonly artifactUri: string;
  /** '' where there is none. */
  readonly sourceRunId: string;
}

/** The logged models, as far as versions need them. */
export interface SourceModels {
  get(modelId: string): Promise<SourceModel | undefined>;
  /** Notes on the logged model that a version was made of it. */
  noteVersion(modelId: string, version: { readonly name: string; readonly version: number }): Promise<void>;
}

/** For as long as no logged models are kept: there are none. */
export const noSourceModels: SourceModels = {
  get: () => Promise.resolve(undefined),
  noteVersion: () => Promise.resolve(),
};
