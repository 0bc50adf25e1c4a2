import type { Handlers } from '../../handler.ts';
import { download } from './download.ts';
import { getArtifact } from './get-artifact.ts';
import { listProxied } from './list-proxied.ts';
import { list } from './list.ts';
import { abortMultipart, completeMultipart, createMultipart, presigned } from './multipart.ts';
import { presignedDownloadUrl } from './presigned-download-url.ts';
import { presignedUploadUrl } from './presigned-upload-url.ts';
import { remove } from './remove.ts';
import { uploadByBrowser } from './upload-by-browser.ts';
import { upload } from './upload.ts';

export const artifactHandlers = {
  'artifacts.list': list,
  'artifacts.presignedUploadUrl': presignedUploadUrl,
  'artifacts.presignedDownloadUrl': presignedDownloadUrl,
  'artifacts.upload': uploadByBrowser,
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
