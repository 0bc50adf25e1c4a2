import { api, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';
import {
  createModel,
  createVersion,
  deleteVersionTag,
  getByAlias,
  getModel,
  setAlias,
  setModelTag,
} from './registry-steps.ts';

const isPrompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
const createPrompt = (fields: object = {}): Step => createModel({ tags: [isPrompt], ...fields });
const text = (value: string): object => ({ key: 'mlflow.prompt.text', value });
const createPromptVersion = (value: string, fields: object = {}): Step =>
  createVersion({
    source: 'dummy-source',
    tags: [isPrompt, text(value), { key: '_mlflow_prompt_type', value: 'text' }],
    ...fields,
  });

export const prompts = [
  sequence(
    'a prompt with two versions and an alias',
    createPrompt({ description: 'greets' }),
    createPromptVersion('Hello {{{unique}}}', { description: 'first' }),
    createPromptVersion('Hi'),
    setAlias({ alias: 'production', version: '2' }),
    getByAlias('production'),
    getByAlias('latest'),
    getModel(),
    api.get('/registered-models/search', { filter: "name = '{{unique}}' AND tags.`mlflow.prompt.is_prompt` = 'true'" }),
    api.get('/model-versions/search', { filter: "name = '{{unique}}' AND tags.`mlflow.prompt.is_prompt` = 'true'" }),
    api.get('/model-versions/search', { filter: "name = '{{unique}}'" }),
  ),
  sequence(
    'prompts and models share their names',
    createPrompt(),
    createPrompt(),
    createModel(),
    createModel({ name: '{{unique}} model' }),
    createPrompt({ name: '{{unique}} model' }),
    createModel({ name: '{{unique}} false', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'false' }] }),
    createModel({ name: '{{unique}} false' }),
  ),
  sequence(
    'texts at their limits',
    createPrompt(),
    createPromptVersion('x'.repeat(100_000)),
    createPromptVersion('x'.repeat(100_001)),
  ),
  sequence(
    'a tag makes a prompt of a model, and a model of a prompt',
    createModel(),
    setModelTag(isPrompt),
    api.get('/registered-models/search', { filter: "name = '{{unique}}'" }),
    api.delete('/registered-models/delete-tag', { name: '{{unique}}', key: isPrompt.key }),
    api.get('/registered-models/search', { filter: "name = '{{unique}}'" }),
    createPromptVersion('x'),
    api.get('/model-versions/search', { filter: "name = '{{unique}}'" }),
    deleteVersionTag({ key: isPrompt.key }),
    api.get('/model-versions/search', { filter: "name = '{{unique}}'" }),
  ),
];
