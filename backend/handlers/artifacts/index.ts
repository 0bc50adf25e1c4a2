import type { Handlers } from '../../handler.ts';
import { download } from './download.ts';
import { getArtifact } from './get-artifact.ts';
import { listProxied } from './list-proxied.ts';
import { list } from './list.ts';
import { abortMultipart, completeMultipart, createMultipart, presigned } from './multipart.ts';
import { remove } from './remove.ts';
import { upload } from './upload.ts';

export const artifactHandlers = {
  'artifacts.list': list,
  'artifactProxy.list': listProxied,
  'artifactProxy.download': download,
  'artifactProxy.upload': upload,
  'artifactProxy.delete': remove,
  'artifactProxy.presigned': presigned,
  'artifactProxy.createMultipart': createMultipart,
  'artifactProxy.completeMultipart': completeMultipart,
  'artifactProxy.abortMultipart': abortMultipart,
  'root.getArtifact': getArtifact,
} satisfies Partial<Handlers>;
