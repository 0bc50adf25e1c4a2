import { proxiedRoot } from '../../artifacts/uri.ts';

interface Root {
  readonly from: string;
  readonly to: string;
}

/** The artifact roots of the source's runs and logged models, and where these lie here. */
export class Roots {
  /** By the ids that stand in them, for there may be a million. */
  readonly #byId = new Map<string, Root[]>();

  /** Both as they are called; what either side does not proxy stays where it is. */
  add(from: string, to: string): void {
    const path = proxiedRoot(from);
    if (path === undefined || proxiedRoot(to) === undefined) return;
    for (const part of path.split('/')) {
      if (!/^(m-)?[0-9a-f]{32}$/.test(part)) continue;
      this.#byId.set(part, [...(this.#byId.get(part) ?? []), { from: path, to }]);
    }
  }

  /** A location of the source as it is called here, where it lies in one of the roots. */
  rewritten(uri: string): string {
    const path = proxiedRoot(uri);
    if (path === undefined) return uri;
    for (const { from, to } of path.split('/').flatMap((id) => this.#byId.get(id) ?? [])) {
      if (path === from || path.startsWith(`${from}/`)) return to + path.slice(from.length);
    }
    return uri;
  }
}
