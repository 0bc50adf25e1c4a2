/** Whether the store answers, for whoever spreads requests over several backends. */
export interface Readiness {
  isReady(): boolean;
}

/** Times in ms. */
export interface ReadinessOptions {
  /** Resolves where the store can serve. */
  readonly check: () => Promise<unknown>;
  /** Told of each change, with the reason where it is not ready. */
  readonly onChange?: (ready: boolean, reason?: unknown) => void;
  /** From the end of one check to the next. */
  readonly every?: number;
  /** After which a check that has not ended counts as failed. */
  readonly patience?: number;
}

export interface WatchedReadiness extends Readiness {
  /** From now on it is not ready, and nothing is checked any more. */
  readonly end: () => void;
}

export const alwaysReady: Readiness = { isReady: () => true };

/**
 * Begins ready. Checks one at a time, at its own pace: what is asked of the store does not depend on how often anybody
 * asks for the answer, which is one bit that is kept.
 */
export function watchReadiness({ check, onChange, every = 5000, patience = 5000 }: ReadinessOptions): WatchedReadiness {
  let isReady = true;
  let hasEnded = false;
  let timer: NodeJS.Timeout;

  const set = (ready: boolean, reason?: unknown): void => {
    if (hasEnded || ready === isReady) return;
    isReady = ready;
    onChange?.(ready, reason);
  };
  const next = (): void => {
    timer = setTimeout(() => void look(), every).unref();
  };
  const look = async (): Promise<void> => {
    const late = setTimeout(() => {
      set(false, new Error(`It has not answered for ${String(patience)} ms.`));
    }, patience).unref();
    try {
      await check();
      set(true);
    } catch (error) {
      set(false, error);
    } finally {
      clearTimeout(late);
      if (!hasEnded) next();
    }
  };

  next();
  return {
    isReady: () => isReady && !hasEnded,
    end: () => {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}
