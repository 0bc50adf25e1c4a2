import type { ModelStage, RegisteredModel } from '../entities/registered-model.ts';
import { StoreCorrupt } from './contract/index.ts';

const letterOf = { None: 'n', Staging: 's', Production: 'p', Archived: 'a' } as const satisfies Record<
  ModelStage,
  string
>;
const deleted = '-';
const stageOfLetter = new Map<string, ModelStage>(
  (Object.keys(letterOf) as ModelStage[]).map((stage) => [letterOf[stage], stage]),
);

/** One letter a version that was ever made, `-` for a deleted one: ten thousand versions are ten thousand bytes. */
export const encodeStages = (stages: RegisteredModel['stages']): string =>
  stages.map((stage) => (stage === undefined ? deleted : letterOf[stage])).join('');

/** The stages that the letters stand for. @throws StoreCorrupt */
export const decodeStages = (text: string): RegisteredModel['stages'] =>
  Array.from(text, (letter) => {
    const stage = stageOfLetter.get(letter);
    if (stage === undefined && letter !== deleted)
      throw new StoreCorrupt('A registered model has a version of no known stage.');
    return stage;
  });
