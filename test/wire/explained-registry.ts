import type { Difference } from './differences.ts';
import { badRequest, invalid, missing } from './our-answers.ts';

const ourToken = 'Our tokens say behind what a page begins; they are printed as JSON, not as Python.';
const notSql = "The server's message is SQLite's own.";
const notCrash = 'The server fails on what it does not support.';
const unsupported = (clause: string) => invalid(`'${clause}' is not supported in the model registry.`);
const notPositive = (value: number) =>
  invalid(`Invalid value for max_results. It must be a positive integer, but got ${String(value)}`);

/** Of the model registry: what every target of ours answers otherwise than MLflow's server, and why. */
export const registryExplained: readonly Difference[] = [
  {
    group: 'registered-models',
    sequence: 'a name that is longer than its column',
    reason: "256 characters is MLflow's own limit; of its databases SQLite alone does not hold it.",
    ours: { 0: invalid("'name' exceeds the maximum length of 256 characters") },
  },
  {
    group: 'registered-model-search',
    sequence: 'page tokens that are none',
    reason: ourToken,
    ours: { 7: invalid('Invalid page token, parsed value={"a": 1}') },
  },
  {
    group: 'registered-model-search',
    sequence: 'max_results of nothing and less',
    reason:
      'The server answers with nothing and a token that it then refuses; with less than -1 it leaves out the last models.',
    ours: { 5: notPositive(0), 6: notPositive(-1) },
  },
  {
    group: 'registered-model-search',
    sequence: 'filters that are none',
    reason: notSql,
    ours: { 22: badRequest("A list of values cannot be compared by '='. Use IN or NOT IN.") },
  },
  {
    group: 'registered-model-search',
    sequence: 'a name that is null or not',
    reason: notCrash,
    ours: {
      5: unsupported('name IS NULL'),
      6: unsupported('tags.team IS NULL'),
      7: unsupported('tags.team IS NOT NULL'),
    },
  },
  {
    group: 'model-versions',
    sequence: 'versions that are not there, and what is no number',
    reason: 'Digits are those of ASCII; Python takes those of every script.',
    ours: { 10: invalid("Parameter 'version' must be an integer, got '١'.") },
  },
  {
    group: 'model-versions',
    sequence: 'a number beyond 64 bits',
    reason: 'SQLite cannot hold the number, so no version has it.',
    ours: { 1: missing('Model Version (name=<unique>, version=99999999999999999999) not found') },
  },
  {
    group: 'model-version-search',
    sequence: 'page tokens that are none',
    reason: ourToken,
    ours: { 12: invalid('Invalid page token, parsed value={"a": 1}') },
  },
  {
    group: 'model-version-search',
    sequence: 'runs and sources by every comparator',
    reason: notSql,
    ours: { 19: badRequest("A list of values cannot be compared by '='. Use IN or NOT IN.") },
  },
  {
    group: 'model-version-search',
    sequence: 'a run that is null or not',
    reason: notCrash,
    ours: { 10: unsupported('run_id IS NULL'), 11: unsupported('tags.k IS NOT NULL') },
  },
  {
    group: 'model-version-artifacts',
    sequence: 'files that are not there, folders, no path',
    reason: "A JSON error, which clients read as they read the server's HTML page.",
    ours: { 11: invalid("Missing value for required parameter 'path'.") },
  },
  {
    group: 'model-version-artifacts',
    sequence: 'versions that are not there',
    reason: notCrash,
    ours: { 11: invalid("Parameter 'version' must be an integer, got ''.") },
  },
];
