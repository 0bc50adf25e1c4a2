import type { ArtifactStore } from '../../backend/artifacts/contract.ts';
import { describeAtomicity } from './artifact-store/atomicity.ts';
import { describeDepth } from './artifact-store/depth.ts';
import { describeNames } from './artifact-store/names.ts';
import { describeReading } from './artifact-store/reading.ts';
import { describeWriting } from './artifact-store/writing.ts';

/** An empty root, and what a test may do to it beside the contract. */
export interface ArtifactRoot {
  /** An engine on this root. May be called again, as after a restart; the suite closes what it opened. */
  open(): Promise<ArtifactStore>;
  /** How many files lie anywhere in the root, hidden ones too. */
  countFiles(): Promise<number>;
  dispose(): Promise<void>;
}

/** What an engine declares of itself; the suite holds it to that. */
export interface ArtifactStoreCapabilities {
  /** Size of the files that show streaming, in bytes: big beside every buffer on the way. */
  readonly large: number;
  /** Most bytes that may be read ahead while nobody takes them. */
  readonly buffered: number;
  /** How many folders, one in another, the root can hold. */
  readonly deepest: number;
}

/** Gives each test a new root and a store on it. */
export interface Bench extends ArtifactStoreCapabilities {
  readonly store: ArtifactStore;
  readonly root: ArtifactRoot;
}

/** Holds an engine to the contract of `backend/artifacts/contract.ts`: every case, for every engine. */
export function describeArtifactStore(
  name: string,
  capabilities: ArtifactStoreCapabilities,
  newRoot: () => Promise<ArtifactRoot>,
): void {
  describe(`artifact store: ${name}`, () => {
    let root: ArtifactRoot;
    let store: ArtifactStore;
    const bench: Bench = {
      ...capabilities,
      get store() {
        return store;
      },
      get root() {
        return root;
      },
    };

    beforeEach(async () => {
      root = await newRoot();
      store = await root.open();
    });

    afterEach(async () => {
      await store.close();
      await root.dispose();
    });

    describeWriting(bench);
    describeReading(bench);
    describeNames(bench);
    describeDepth(bench);
    describeAtomicity(bench);
  });
}
