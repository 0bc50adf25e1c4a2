import type { CallContext } from '../../call-context.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { MetricPoint } from '../../entities/metric.ts';

export interface HistoryRequest {
  readonly runId: string;
  readonly key: string;
  /** Points a page; absent: all at once. */
  readonly maxResults?: number | undefined;
  /** '' or absent: from the start. */
  readonly pageToken?: string | undefined;
}

export interface History {
  readonly points: readonly MetricPoint[];
  /** Absent on the last page. */
  readonly nextPageToken?: string | undefined;
}

export interface RunPoint extends MetricPoint {
  readonly runId: string;
}

export interface SampleRequest {
  readonly runIds: readonly string[];
  readonly key: string;
  /** Points a run, 1 at least. */
  readonly maxResults: number;
  /** Both ends included. */
  readonly steps?: { readonly start: Int64; readonly end: Int64 } | undefined;
}

/** Metric histories. Of a run that does not exist, or has no such metric, there is nothing; that is no error. */
export interface MetricService {
  /** One metric's points by timestamp, step and value, in pages that neither skip nor repeat a point. */
  history(context: CallContext, request: HistoryRequest): Promise<History>;
  /** The same of many runs, each once, by run id; at most `maxResults` points in all. */
  bulkHistory(
    context: CallContext,
    runIds: readonly string[],
    key: string,
    maxResults: number,
  ): Promise<readonly RunPoint[]>;
  /**
   * An even sample of each run's points by step, always with the last one; runs in the order asked for. One that is named
   * twice is read once, and answered twice, as MLflow's server does.
   */
  sample(context: CallContext, request: SampleRequest): Promise<readonly RunPoint[]>;
}
