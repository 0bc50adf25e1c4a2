import type { ListedArtifact } from '../../services/artifacts.ts';
import type { FileInfo } from '../../wire/messages/artifacts.ts';
import type { MessageOf } from '../../wire/message.ts';

/** MLflow's server leaves the size of an empty file out, as that of a folder. */
export function fileInfo({ path, isDirectory, size }: ListedArtifact): MessageOf<typeof FileInfo> {
  return { path, is_dir: isDirectory, file_size: size === 0 ? undefined : size };
}
