import { parseStringPromise } from 'xml2js';

/** What the engine cannot apply, or Knox could not: says which file and element. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

/** A `<route>` of service.xml. */
export interface RouteDefinition {
  readonly path: string;
  /** What is applied to what: `request.url` to a rule's name, `request.body` to a filter's. */
  readonly rewrites: Readonly<Record<string, string>>;
}

/** A `<rule>` of rewrite.xml with one `<rewrite>`. */
export interface RuleDefinition {
  readonly name: string;
  readonly dir: string;
  readonly pattern: string;
  readonly template: string;
}

/** A service definition as it was read; nothing is checked but its shape. */
export interface Definition {
  readonly role: string;
  readonly name: string;
  readonly version: string;
  readonly routes: readonly RouteDefinition[];
  readonly rules: readonly RuleDefinition[];
  /** Names of the filters, and of those among them that pass every type of body untouched. */
  readonly filters: readonly string[];
  readonly rawFilters: readonly string[];
}

/** An element as xml2js gives it. */
export interface XmlNode {
  readonly '#name': string;
  readonly $?: Readonly<Record<string, string>>;
  readonly $$?: readonly XmlNode[];
}

/**
 * Reads one file.
 * @throws DefinitionError where it is not well-formed, or its root is another
 */
export async function readXml(file: string, xml: string, root: string): Promise<XmlNode> {
  let document: Record<string, XmlNode> | null;
  try {
    const options = { explicitChildren: true, preserveChildrenOrder: true, explicitRoot: true };
    document = (await parseStringPromise(xml, options)) as Record<string, XmlNode> | null;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll('\n', ', ') : String(cause);
    throw new DefinitionError(`${file}: not well-formed: ${reason}`, { cause });
  }
  const node = document?.[root];
  if (!node) throw new DefinitionError(`${file}: the root must be <${root}>`);
  return node;
}

const children = (node: XmlNode, name: string): readonly XmlNode[] =>
  (node.$$ ?? []).filter((child) => child['#name'] === name);

function attribute(file: string, node: XmlNode, name: string): string {
  const value = node.$?.[name];
  if (value === undefined) throw new DefinitionError(`${file}: <${node['#name']}> has no '${name}'`);
  return value;
}

function readRule(file: string, rule: XmlNode): RuleDefinition {
  const name = attribute(file, rule, 'name');
  const [rewrite, ...more] = rule.$$ ?? [];
  if (rewrite?.['#name'] !== 'rewrite' || more.length > 0) {
    throw new DefinitionError(`${file}: rule ${name}: only a single <rewrite> is supported`);
  }
  return {
    name,
    dir: attribute(file, rule, 'dir'),
    pattern: attribute(file, rule, 'pattern'),
    template: attribute(file, rewrite, 'template'),
  };
}

const passesAll = (filter: XmlNode): boolean =>
  children(filter, 'content').some(({ $ }) => $?.type === '*/*' && $.asType === 'application/octet-stream');

/**
 * Reads a service definition from the texts of its two files.
 * @throws DefinitionError
 */
export async function readDefinition(serviceXml: string, rewriteXml: string): Promise<Definition> {
  const [file, rewriteFile] = ['service.xml', 'rewrite.xml'];
  const service = await readXml(file, serviceXml, 'service');
  const rules = await readXml(rewriteFile, rewriteXml, 'rules');
  const filters = children(rules, 'filter');
  const nameOf = (node: XmlNode): string => attribute(rewriteFile, node, 'name');
  return {
    role: attribute(file, service, 'role'),
    name: attribute(file, service, 'name'),
    version: attribute(file, service, 'version'),
    routes: children(service, 'routes')
      .flatMap((routes) => children(routes, 'route'))
      .map((route) => ({
        path: attribute(file, route, 'path'),
        rewrites: Object.fromEntries(
          children(route, 'rewrite').map((rewrite) => [
            attribute(file, rewrite, 'to'),
            attribute(file, rewrite, 'apply'),
          ]),
        ),
      })),
    rules: children(rules, 'rule').map((rule) => readRule(rewriteFile, rule)),
    filters: filters.map(nameOf),
    rawFilters: filters.filter(passesAll).map(nameOf),
  };
}
