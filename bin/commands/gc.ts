import { background } from '../../backend/call-context.ts';
import { ConfigError } from '../../backend/config/config-error.ts';
import type { Typed } from '../../backend/config/read-settings.ts';
import { parseAge } from '../../backend/services/gc/age.ts';
import { collectGarbage } from '../../backend/services/gc/collect.ts';
import { lostVersions } from '../../backend/services/gc/references.ts';
import type { Finding, Outcome } from '../../backend/services/gc/report.ts';
import type { Selection } from '../../backend/services/gc/selection.ts';
import { explainStart, refuse } from '../explain-start.ts';
import { openKept } from '../open-kept.ts';

/** Flags of `kirka gc`, besides those that say where things are kept. */
export type GcFlags = Typed & {
  readonly apply?: boolean;
  readonly olderThan: string;
  readonly runIds?: string;
  readonly experimentIds?: string;
  readonly loggedModelIds?: string;
};

/** `kirka gc`: says, or with `--apply` does, what is to be removed for good; a line each. Exit code 1 where something failed. */
export async function gc({ apply = false, ...flags }: GcFlags, environment: Typed): Promise<void> {
  try {
    const age = parseAge(flags.olderThan);
    if (age === undefined)
      throw new ConfigError(`--older-than must be an age such as 30d or 2d12h, not '${flags.olderThan}'.`);
    const { store, artifacts, close } = await openKept(flags, environment, true);
    try {
      const findings: Finding[] = [];
      const counts = new Map<string, number>();
      const cutoff = Date.now() - age;
      await collectGarbage(
        background,
        { store, artifacts },
        { cutoff, apply, selection: selectionOf(flags) },
        (finding, outcome) => {
          process.stdout.write(lineOf(finding, outcome));
          if (outcome.is !== 'kept' && outcome.is !== 'restored') findings.push(finding);
          const counted = `${finding.kind} ${outcome.is}`;
          counts.set(counted, (counts.get(counted) ?? 0) + 1);
          if (outcome.is === 'failed') process.exitCode = 1;
        },
      );
      for await (const { name, version, of } of lostVersions(background, store.registeredModels, findings)) {
        const verb = apply ? 'has lost' : 'would lose';
        process.stdout.write(
          `model '${name}' version ${String(version)} ${verb} its files, which are those of ${of}\n`,
        );
      }
      process.stdout.write(summaryOf(counts, apply));
    } finally {
      await close();
    }
  } catch (error) {
    refuse(explainStart(error));
  }
}

function selectionOf({ runIds, experimentIds, loggedModelIds }: GcFlags): Selection | undefined {
  if (runIds === undefined && experimentIds === undefined && loggedModelIds === undefined) return undefined;
  const list = (text = ''): readonly string[] =>
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
  return { runIds: list(runIds), experimentIds: list(experimentIds), modelIds: list(loggedModelIds) };
}

const said: Readonly<Record<Outcome['is'], string>> = {
  removed: 'removed',
  'would be removed': 'would be removed',
  unfinished: 'would be removed, an earlier gc has begun it',
  restored: 'was restored meanwhile, and stays',
  failed: 'could not be removed',
  kept: 'stays',
};

function lineOf({ kind, id, experimentId, deletedAt, artifactsElsewhere }: Finding, outcome: Outcome): string {
  const details = [
    ...(kind === 'experiment' ? [] : [`in experiment ${experimentId}`]),
    ...(deletedAt === undefined ? [] : [`deleted ${new Date(deletedAt).toISOString()}`]),
    ...(artifactsElsewhere === undefined ? [] : [`its artifacts stay at ${artifactsElsewhere}`]),
  ];
  const reason = 'reason' in outcome ? `: ${outcome.reason}` : '';
  return `${kind} ${id} ${said[outcome.is]}${details.length > 0 ? ` (${details.join(', ')})` : ''}${reason}\n`;
}

function summaryOf(counts: ReadonlyMap<string, number>, apply: boolean): string {
  const of = (outcome: Outcome['is']): string =>
    (['run', 'logged model', 'experiment'] as const)
      .map((kind) => `${String(counts.get(`${kind} ${outcome}`) ?? 0)} ${kind}s`)
      .join(', ');
  if (!apply) return `Nothing was removed: --apply would remove ${of('would be removed')}.\n`;
  const failed = [...counts].some(([counted]) => counted.endsWith(' failed'));
  return `Removed ${of('removed')}.\n${failed ? `Failed: ${of('failed')}. The next gc goes on with them.\n` : ''}`;
}
