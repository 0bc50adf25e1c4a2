import { compareCodePoints } from '../../../backend/entities/order.ts';
import { ownerOf } from './asked.ts';
import type { Asked } from './asked.ts';
import { Refusal } from './tree.ts';
import type { Node, Tree } from './tree.ts';

/** A NameNode's answer: JSON, nothing, or a redirect to the DataNode. */
export interface NameNodeAnswer {
  readonly content?: unknown;
  readonly location?: string;
}

/** What the active NameNode does and says. */
export function answerOf(tree: Tree, asked: Asked, page: number, dataNode: string): NameNodeAnswer {
  const { method, op, path, query } = asked;
  refuseNames(path);
  switch (`${method} ${op}`) {
    case 'GET GETFILESTATUS':
      return { content: { FileStatus: statusOf('', tree.get(path)) } };
    case 'GET LISTSTATUS_BATCH':
      return { content: listOf(tree.get(path), query.get('startAfter'), page) };
    case 'GET OPEN':
      tree.get(path);
      return { location: dataNode + asked.url };
    case 'PUT CREATE':
      return { location: dataNode + asked.url };
    case 'PUT MKDIRS':
      tree.makeFolder(path, ownerOf(asked), query.get('permission') ?? '755');
      return { content: { boolean: true } };
    case 'PUT SETPERMISSION':
      tree.get(path).permission = query.get('permission') ?? '755';
      return {};
    case 'PUT RENAME': {
      const replacing = query.get('renameoptions') === 'OVERWRITE';
      const done = tree.rename(path, query.get('destination') ?? '', replacing);
      return replacing ? {} : { content: { boolean: done } };
    }
    case 'DELETE DELETE':
      return { content: { boolean: tree.delete(path, query.get('recursive') === 'true') } };
    default:
      throw new Refusal(400, 'UnsupportedOperationException', `${method} ${op} is not supported`);
  }
}

function refuseNames(path: string): void {
  const names = path.split('/').slice(1);
  if (names.some((name) => name.includes(':') || name === '..' || name === '.')) {
    throw new Refusal(400, 'InvalidPathException', `Invalid path name Invalid file name: ${path}`);
  }
  if (names.includes('.snapshot')) {
    throw new Refusal(400, 'HadoopIllegalArgumentException', '".snapshot" is a reserved name.');
  }
}

function statusOf(pathSuffix: string, node: Node): Record<string, unknown> {
  return {
    pathSuffix,
    type: node.type,
    length: node.type === 'FILE' ? node.data.length : 0,
    modificationTime: node.modified,
    fileId: node.fileId,
    owner: node.owner,
    group: 'supergroup',
    permission: node.permission,
  };
}

function listOf(node: Node, startAfter: string | null, page: number): unknown {
  const all =
    node.type === 'FILE'
      ? [['', node] as const]
      : [...node.children].sort(([one], [other]) => compareCodePoints(one, other));
  const after = all.filter(([name]) => startAfter === null || compareCodePoints(name, startAfter) > 0);
  const shown = after.slice(0, page).map(([name, child]) => statusOf(name, child));
  return {
    DirectoryListing: {
      partialListing: { FileStatuses: { FileStatus: shown } },
      remainingEntries: after.length - shown.length,
    },
  };
}
