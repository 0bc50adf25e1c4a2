import type { Experiment } from '../../entities/experiment.ts';

/** Where the runs and logged models of a source's experiment go: into the experiment here, unless that is closed to them. */
export type Home = { readonly experimentId: string; readonly leftOut: LeftOut } & (
  | { readonly experiment: Experiment }
  /** Why nothing new can come into it. */
  | { readonly experiment?: undefined; readonly closed: string }
);

/** How many of an experiment's were not imported, because there is no place for them here. */
export interface LeftOut {
  runs: number;
  loggedModels: number;
}

/** What to tell of an experiment that something had no place in. */
export function leftOutOf(home: Home): readonly string[] {
  const { runs, loggedModels } = home.leftOut;
  if (home.experiment !== undefined || runs + loggedModels === 0) return [];
  return [
    `experiment ${home.experimentId} ${home.closed}: ${String(runs)} runs and ${String(loggedModels)} logged models of it ` +
      'were not imported',
  ];
}
