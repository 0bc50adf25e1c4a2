import type { XmlNode } from '../engine/index.ts';

/** An element that Knox reads: its attributes, and its children by name. */
interface Shape {
  readonly attributes?: readonly string[];
  readonly children?: Readonly<Record<string, Shape>>;
}

const param: Shape = { attributes: ['name', 'value'], children: { name: {}, value: {} } };
const dispatch: Shape = {
  attributes: [
    'classname',
    'ha-classname',
    'contributor-name',
    'ha-contributor-name',
    'http-client-factory',
    'use-two-way-ssl',
  ],
  children: { param },
};
const policies: Shape = { children: { policy: { attributes: ['role', 'name'], children: { param } } } };
const sample: Shape = { children: { description: {}, method: {}, path: {}, value: {} } };

const service: Shape = {
  attributes: ['role', 'name', 'version'],
  children: {
    metadata: {
      children: { type: {}, context: {}, shortDesc: {}, description: {}, samples: { children: { sample } } },
    },
    policies,
    routes: {
      children: {
        route: {
          attributes: ['path'],
          children: { rewrite: { attributes: ['apply', 'to'] }, policies, dispatch },
        },
      },
    },
    dispatch,
    testURLs: { children: { testURL: {} } },
  },
};

const rules: Shape = {
  children: {
    rule: {
      attributes: ['name', 'dir', 'pattern', 'scope', 'flow'],
      children: { rewrite: { attributes: ['template'] } },
    },
    filter: { attributes: ['name'], children: { content: { attributes: ['type', 'asType'] } } },
  },
};

/** The files of a service definition, as far as definitions like ours use them. */
export const shapes = { service, rules } as const;

/** Knox passes over what it does not know without a word, so that a misspelt element does nothing. */
export function unknownParts(node: XmlNode, shape: Shape, path = `<${node['#name']}>`): readonly string[] {
  const attributes = Object.keys(node.$ ?? {})
    .filter((name) => !shape.attributes?.includes(name))
    .map((name) => `${path}: Knox knows no attribute '${name}'`);
  const children = (node.$$ ?? []).flatMap((child) => {
    const name = child['#name'];
    const inner = shape.children?.[name];
    return inner ? unknownParts(child, inner, `${path}<${name}>`) : [`${path}: Knox knows no <${name}>`];
  });
  return [...attributes, ...children];
}
