/** Parts of a run (`RunParts`) whose keys are all named. */
export interface NamedParts {
  readonly metrics?: readonly string[];
  readonly params?: readonly string[];
  readonly tags?: readonly string[];
  readonly links?: boolean;
}

/** What either names, each key once. */
export function unionOfParts(a: NamedParts, b: NamedParts): NamedParts {
  const union = (x: readonly string[] = [], y: readonly string[] = []): readonly string[] => [...new Set([...x, ...y])];
  return {
    metrics: union(a.metrics, b.metrics),
    params: union(a.params, b.params),
    tags: union(a.tags, b.tags),
    ...((a.links || b.links) && { links: true }),
  };
}
