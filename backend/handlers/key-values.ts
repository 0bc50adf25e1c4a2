/** Tags or params as the services take them: what a client left out is the empty string, as in protobuf. */
export function keyValues(
  list: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] = [],
): readonly { readonly key: string; readonly value: string }[] {
  return list.map(({ key = '', value = '' }) => ({ key, value }));
}
