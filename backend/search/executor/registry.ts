import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { isFoundAsPrompt, promptTag } from '../../entities/registered-model.ts';
import type { ListTest, ModelVersionClause, RegisteredModelClause, TextTest } from '../clauses.ts';
import { numberTest, textTest } from './tests.ts';

/** A filter over registered models, ready to run over many. */
export interface RegisteredModelFilter {
  readonly test: (model: RegisteredModel) => boolean;
  /** Only these can pass; undefined where any may. */
  readonly names: readonly string[] | undefined;
}

/** A filter over versions, ready to run over many. */
export interface ModelVersionFilter {
  /** Whether versions of the model can pass at all, by all versions that it has. */
  readonly testModel: (model: RegisteredModel, versions: Iterable<ModelVersion>) => boolean;
  readonly test: (version: ModelVersion) => boolean;
  readonly names: readonly string[] | undefined;
  /** Only versions of these runs can pass; undefined where any may. */
  readonly runIds: readonly string[] | undefined;
}

export function compileRegisteredModelFilter(all: readonly RegisteredModelClause[]): RegisteredModelFilter {
  const { clauses, wantsPrompts } = withoutPromptTag(all);
  const tests = clauses.map((clause): ((model: RegisteredModel) => boolean) => {
    const passes = textTest(clause.test);
    if (clause.of === 'name') return ({ name }) => passes(name);
    return ({ tags }) => passesTag(tags, clause.key, passes);
  });
  return {
    test: (model) => (wantsPrompts || !isFoundAsPrompt(model.tags)) && tests.every((test) => test(model)),
    names: onlyValues(clauses.flatMap((clause) => (clause.of === 'name' ? [clause.test] : []))),
  };
}

export function compileModelVersionFilter(all: readonly ModelVersionClause[]): ModelVersionFilter {
  const { clauses, wantsPrompts } = withoutPromptTag(all);
  const testsOf = (key: 'name' | 'run_id'): (TextTest | ListTest)[] =>
    clauses.flatMap((clause) => (clause.of === 'text attribute' && clause.key === key ? [clause.test] : []));
  const ofName = testsOf('name').map(textTest);
  const tests = clauses.map(versionTest);
  return {
    testModel: (model, versions) =>
      ofName.every((passes) => passes(model.name)) && (wantsPrompts || !hasPromptVersion(model, versions)),
    test: (version) => tests.every((test) => test(version)),
    names: onlyValues(testsOf('name')),
    runIds: ofSomeRun(onlyValues(testsOf('run_id'))),
  };
}

/** A model any of whose versions is, or was, a prompt's: MLflow's server hides all of its versions. */
function hasPromptVersion(model: RegisteredModel, versions: Iterable<ModelVersion>): boolean {
  if (model.hadPromptVersion) return true;
  for (const { tags } of versions) if (isFoundAsPrompt(tags)) return true;
  return false;
}

function versionTest(clause: ModelVersionClause): (version: ModelVersion) => boolean {
  if (clause.of === 'version number') {
    const passes = numberTest(clause.test);
    return ({ version }) => passes(version);
  }
  const passes = textTest(clause.test);
  if (clause.of === 'tag') return ({ tags }) => passesTag(tags, clause.key, passes);
  switch (clause.key) {
    case 'name':
      return () => true;
    case 'run_id':
      return ({ runId }) => passes(runId);
    case 'source_path':
      return ({ source }) => passes(source);
  }
}

function passesTag(tags: ReadonlyMap<string, string>, key: string, passes: (text: string) => boolean): boolean {
  const value = tags.get(key);
  return value !== undefined && passes(value);
}

/**
 * Prompts are searched where the first clause on their tag asks for them; otherwise they are hidden, and whatever the
 * filter says of that tag is passed over.
 */
function withoutPromptTag<Clause extends RegisteredModelClause | ModelVersionClause>(
  clauses: readonly Clause[],
): { readonly clauses: readonly Clause[]; readonly wantsPrompts: boolean } {
  const first = clauses.find((clause) => clause.of === 'tag' && clause.key === promptTag);
  const wantsPrompts = first?.of === 'tag' && asksForPrompts(first.test);
  if (wantsPrompts) return { clauses, wantsPrompts };
  return { clauses: clauses.filter((clause) => clause.of !== 'tag' || clause.key !== promptTag), wantsPrompts: false };
}

function asksForPrompts({ comparator, value }: TextTest): boolean {
  const lower = value.toLowerCase();
  return (comparator === '=' && lower === 'true') || (comparator === '!=' && lower === 'false');
}

/** The values of the first test that leaves a few only. */
function onlyValues(tests: readonly (TextTest | ListTest)[]): readonly string[] | undefined {
  for (const test of tests) {
    if (test.comparator === '=') return [test.value];
    if (test.comparator === 'IN') return test.values;
  }
  return undefined;
}

/** Versions of no run have the empty id, and no index. */
const ofSomeRun = (runIds: readonly string[] | undefined): readonly string[] | undefined =>
  runIds?.includes('') ? undefined : runIds;
