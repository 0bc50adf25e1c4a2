import type { Handler } from '../../handler.ts';
import { jsonReply } from '../../wire/reply.ts';

/**
 * What clients decide by. `SqlStore` is what a client must take the store for: one that has all operations, unlike
 * MLflow's `FileStore`. The presigned flags say that the request is understood, not that a URL will come of it.
 */
const info = {
  features_enabled: { gateway: false },
  multipart_downloads_enabled: false,
  multipart_uploads_enabled: false,
  presigned_upload_model_id_supported: true,
  presigned_upload_run_id_supported: true,
  store_type: 'SqlStore',
  trace_archival_enabled: false,
  workspaces_enabled: false,
};

export const serverInfo: Handler<'serverInfo.get'> = () => Promise.resolve(jsonReply(JSON.stringify(info)));
