/** An element of the XML that is emitted: a tag, its attributes in order, and children or one text. */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly XmlElement[] | string;
}

/** An element with children; one without children is closed in its own tag. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlElement[] = [],
): XmlElement {
  return { tag, attributes, content: children };
}

/** An element that holds one text. */
export function text(tag: string, content: string, attributes: Readonly<Record<string, string>> = {}): XmlElement {
  return { tag, attributes, content };
}

/** Knox's own way to give a parameter: `<param><name/><value/></param>`. */
export function param(name: string, value: string): XmlElement {
  return element('param', {}, [text('name', name), text('value', value)]);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(value: string): string {
  return value.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);
}

function lines({ tag, attributes, content }: XmlElement, indent: string): string[] {
  const names = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const open = `${indent}<${tag}${names.join('')}`;
  if (typeof content === 'string') return [`${open}>${escape(content)}</${tag}>`];
  if (content.length === 0) return [`${open}/>`];
  return [`${open}>`, ...content.flatMap((child) => lines(child, `${indent}    `)), `${indent}</${tag}>`];
}

/** The document's text: the same for the same element, whatever the machine. */
export function toDocument(root: XmlElement, comment: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${comment} -->\n${lines(root, '').join('\n')}\n`;
}
