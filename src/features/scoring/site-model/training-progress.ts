/** The phases of a training, in order. */
export const TRAINING_PHASES = ['queued', 'reading', 'encoding', 'scoring', 'fitting'] as const;
export type TrainingPhase = (typeof TRAINING_PHASES)[number];

/** Reports that `done` of `of` steps of a phase are done. */
export type ReportProgress = (phase: TrainingPhase, done: number, of: number) => Promise<void>;
export const NO_REPORT: ReportProgress = () => Promise.resolve();

/** The share of a training that is done when a phase begins, for a site with many decisions. */
const BEGINS: Readonly<Record<TrainingPhase, number>> = {
  queued: 0,
  reading: 0,
  encoding: 0.05,
  scoring: 0.5,
  fitting: 0.65,
};
const SAVE_INTERVAL_MS = 1_000;

/** The progress of a whole training, 0 to 1. */
export function progressOf(phase: TrainingPhase, done: number, of: number): number {
  const next = TRAINING_PHASES[TRAINING_PHASES.indexOf(phase) + 1];
  const end = next === undefined ? 1 : BEGINS[next];
  return BEGINS[phase] + (end - BEGINS[phase]) * (of > 0 ? Math.min(1, done / of) : 1);
}

/**
 * Saves each new phase, and the progress within it once a second.
 *
 * @param save may fail: progress is for people to see, and the training goes on
 */
export function reportTo(
  save: (phase: TrainingPhase, progress: number) => Promise<void>,
  nowMs: () => number,
): ReportProgress {
  let last: { phase: TrainingPhase; atMs: number } | null = null;
  return async (phase, done, of) => {
    const atMs = nowMs();
    if (last?.phase === phase && atMs - last.atMs < SAVE_INTERVAL_MS) return;
    last = { phase, atMs };
    await save(phase, progressOf(phase, done, of)).catch(() => undefined);
  };
}
