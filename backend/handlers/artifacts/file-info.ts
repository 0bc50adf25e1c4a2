import type { ListedArtifact } from '../../services/artifacts.ts';
import type { FileInfo } from '../../wire/messages/artifacts.ts';
import type { MessageOf } from '../../wire/message.ts';

export function fileInfo({ path, isDirectory, size }: ListedArtifact): MessageOf<typeof FileInfo> {
  return { path, is_dir: isDirectory, file_size: size };
}
