/** A map as the list of key and value that MLflow's messages hold. */
export function pairs(map: ReadonlyMap<string, string>): readonly { readonly key: string; readonly value: string }[] {
  return Array.from(map, ([key, value]) => ({ key, value }));
}
