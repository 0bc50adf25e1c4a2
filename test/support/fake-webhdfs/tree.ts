/** What WebHDFS answers where it refuses: status and Java class. */
export class Refusal extends Error {
  readonly status: number;
  readonly exception: string;

  constructor(status: number, exception: string, message: string) {
    super(message);
    this.status = status;
    this.exception = exception;
  }
}

export interface Folder {
  readonly fileId: number;
  readonly type: 'DIRECTORY';
  readonly children: Map<string, Node>;
  modified: number;
  owner: string;
  permission: string;
}

export interface File {
  readonly fileId: number;
  readonly type: 'FILE';
  data: Buffer;
  modified: number;
  owner: string;
  permission: string;
}

export type Node = Folder | File;

const notFound = (path: string): Refusal => new Refusal(404, 'FileNotFoundException', `File does not exist: ${path}`);

/** The names of a small HDFS in memory, which refuses what a real one of 3.4.1 was seen to refuse, in its words. */
export class Tree {
  /** The NameNode's clock; a test may move it. */
  now: () => number = Date.now;
  #lastId = 16385;
  readonly root: Folder = this.#folder('hdfs', '755');

  #folder(owner: string, permission: string): Folder {
    const fileId = ++this.#lastId;
    return { fileId, type: 'DIRECTORY', children: new Map(), modified: this.now(), owner, permission };
  }

  find(path: string): Node | undefined {
    const inode = /^\/\.reserved\/\.inodes\/(\d+)$/.exec(path)?.[1];
    if (inode !== undefined) return [...this.#all(this.root)].find(({ fileId }) => fileId === Number(inode));
    let node: Node = this.root;
    for (const name of namesOf(path)) {
      if (node.type === 'FILE') {
        throw new Refusal(403, 'AccessControlException', `${path} (is not a directory)`);
      }
      const next = node.children.get(name);
      if (next === undefined) return undefined;
      node = next;
    }
    return node;
  }

  get(path: string): Node {
    const node = this.find(path);
    if (node === undefined) throw notFound(path);
    return node;
  }

  makeFolder(path: string, owner: string, permission = '755'): Folder {
    let node: Folder = this.root;
    for (const name of namesOf(path)) {
      let next = node.children.get(name);
      if (next === undefined) {
        next = this.#folder(owner, permission);
        node.children.set(name, next);
        node.modified = this.now();
      }
      if (next.type === 'FILE') throw new Refusal(403, 'ParentNotDirectoryException', `${path} (is not a directory)`);
      node = next;
    }
    return node;
  }

  create(path: string, owner: string, overwrite: boolean): File {
    const { parent, name } = this.#place(path, owner);
    const old = parent.children.get(name);
    if (old !== undefined && !overwrite) throw new Refusal(403, 'FileAlreadyExistsException', `${path} already exists`);
    const fileId = ++this.#lastId;
    const file: File = { fileId, type: 'FILE', data: Buffer.alloc(0), modified: this.now(), owner, permission: '644' };
    parent.children.set(name, file);
    parent.modified = this.now();
    return file;
  }

  /** @param replacing RENAME with options, which throws where the plain one answers false */
  rename(path: string, destination: string, replacing: boolean): boolean {
    const node = this.find(path);
    const parent = this.find(parentOf(destination));
    if (!replacing && (node === undefined || parent === undefined || this.find(destination) !== undefined))
      return false;
    if (node === undefined) throw notFound(path);
    if (parent === undefined) throw notFound(destination);
    if (parent.type === 'FILE') throw new Refusal(403, 'ParentNotDirectoryException', 'x (is not a directory)');
    const taken = this.find(destination);
    if (taken !== undefined && taken.type !== node.type) {
      throw new Refusal(403, 'IOException', `Source ${path} and destination ${destination} must both be directories`);
    }
    if (taken?.type === 'DIRECTORY' && taken.children.size > 0) {
      throw new Refusal(403, 'IOException', `rename destination directory is not empty: ${destination}`);
    }
    this.#unlink(path);
    parent.children.set(namesOf(destination).at(-1) ?? '', node);
    parent.modified = this.now();
    return true;
  }

  delete(path: string, recursive: boolean): boolean {
    const node = this.find(path);
    if (node === undefined) return false;
    if (node.type === 'DIRECTORY' && node.children.size > 0 && !recursive) {
      throw new Refusal(403, 'PathIsNotEmptyDirectoryException', `${path} is non empty`);
    }
    this.#unlink(path);
    return true;
  }

  countFiles(path: string): number {
    return [...this.#all(this.get(path))].filter(({ type }) => type === 'FILE').length;
  }

  #unlink(path: string): void {
    const parent = this.get(parentOf(path));
    if (parent.type === 'DIRECTORY') {
      parent.children.delete(namesOf(path).at(-1) ?? '');
      parent.modified = this.now();
    }
  }

  #place(path: string, owner: string): { readonly parent: Folder; readonly name: string } {
    return { parent: this.makeFolder(parentOf(path), owner), name: namesOf(path).at(-1) ?? '' };
  }

  *#all(node: Node): Generator<Node> {
    yield node;
    if (node.type === 'DIRECTORY') for (const child of node.children.values()) yield* this.#all(child);
  }
}

export function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

const parentOf = (path: string): string => `/${namesOf(path).slice(0, -1).join('/')}`;
