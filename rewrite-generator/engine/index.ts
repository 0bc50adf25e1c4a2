export { DefinitionError, readDefinition, readXml } from './definition.ts';
export type { Definition, XmlNode } from './definition.ts';
export { createEngine } from './engine.ts';
export type { Deployment, Engine, Outcome } from './engine.ts';
export { parsePattern } from './pattern.ts';
export { QueryError, rewriteForm } from './query.ts';
export { parseTemplate } from './template.ts';
