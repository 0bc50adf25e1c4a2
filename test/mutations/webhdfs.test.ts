import { describeMutations } from './describe-mutations.ts';
import { webhdfsByteGuards } from './guards/webhdfs-bytes.ts';
import { webhdfsNameGuards } from './guards/webhdfs-names.ts';

describeMutations('the artifact store on WebHDFS', [...webhdfsNameGuards, ...webhdfsByteGuards]);
