import { parseArgs } from 'node:util';
import { MODEL_LABELS, type ModelLabel } from '../features/scoring/model/labels.js';
import type { Label, ScoreMap } from '../features/scoring/scores.js';
import { scoreByShippedModels } from '../features/scoring/shipped-scores.js';
import { readRows, type Row } from '../features/scoring/training/dataset.js';
import { activeThresholds, DEFAULT_POLICY } from '../features/sites/policy.js';
import { scoreByPhases } from './eval/decide.js';

const HELP = `npm run thresholds -- FILE.jsonl[.gz]

Shows what thresholds do on labelled texts, in the form of the tables in docs/thresholds.md and
docs/migrating-from-perspective.md. For each label: the share of texts with the label that is missed, the share of texts
without it that is held, and the result if 1 in 1,000 comments has the label, or 1, 5 or 10 in 100. \`refusal\` is
compared with the label toxicity.`;

/** Shares of comments with a label: a rare label such as threats; a label on a calm, a lively and a rough site. */
const BASE_RATES = [0.001, 0.01, 0.05, 0.1];
// The low values are for labels so rare that the model is never sure of them.
const GRID = [0.15, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const REFUSAL_GRID = [0.03, 0.05, 0.08, 0.1, 0.15, 0.25, 0.5];
/** With fewer texts near a threshold the result is not meaningful. */
const MIN_IN_BAND = 30;
const BAND = 0.05;

const ATTRIBUTES: Record<ModelLabel, string> = {
  toxicity: 'TOXICITY',
  insult: 'INSULT',
  profanity: 'PROFANITY',
  threat: 'THREAT',
  identityAttack: 'IDENTITY_ATTACK',
  sexual: 'SEXUALLY_EXPLICIT',
  spam: 'SPAM',
};

interface ScoredRow extends Row {
  readonly scores: ScoreMap;
}
type HoldPredicate = (scores: ScoreMap) => boolean;

/** @returns the exit status */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  if (values.help || positionals.length !== 1) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const rows: ScoredRow[] = [];
  const rowsByPhases: ScoredRow[] = [];
  for (const row of readRows(positionals[0])) {
    const scores = await scoreByShippedModels(row.text);
    rows.push({ ...row, scores });
    // The same scores of the models, and those of the other phases.
    rowsByPhases.push({ ...row, scores: await scoreByPhases(row.text, async () => scores) });
  }
  printDefaults(rowsByPhases);
  printMapping(rows);
  return 0;
}

const valueOf = (scores: ScoreMap, label: Label): number => scores[label]?.value ?? 0;
/** The rows that were annotated for this label, whether it applies or not. */
const annotatedRows = (rows: readonly ScoredRow[], label: ModelLabel): ScoredRow[] =>
  rows.filter((row) => row.labels[label] !== undefined);

/**
 * Returns which share of the texts that the label applies to is held (`positives`), and which share of the others
 * (`negatives`).
 */
function heldShares(rows: readonly ScoredRow[], label: ModelLabel, holds: HoldPredicate) {
  const share = (subset: readonly ScoredRow[]): number =>
    subset.filter(({ scores }) => holds(scores)).length / subset.length;
  const positives = rows.filter(({ labels }) => (labels[label] ?? 0) >= 0.5);
  const negatives = rows.filter(({ labels }) => (labels[label] ?? 0) < 0.5);
  return {
    positives: share(positives),
    negatives: share(negatives),
    texts: `${positives.length} / ${negatives.length}`,
  };
}

function printDefaults(rows: readonly ScoredRow[]): void {
  const thresholds = activeThresholds(DEFAULT_POLICY);
  console.log(
    `| label | held from | texts with it / without | missed | held in error | ${BASE_RATES.map((rate) => `held at ${percent(rate)}`).join(' | ')} | ${BASE_RATES.map((rate) => `precision at ${percent(rate)}`).join(' | ')} |`,
  );
  console.log(`|${' --- |'.repeat(5 + 2 * BASE_RATES.length)}`);
  const print = (
    name: string,
    from: string,
    subset: readonly ScoredRow[],
    label: ModelLabel,
    holds: HoldPredicate,
  ): void => {
    const { positives, negatives, texts } = heldShares(subset, label, holds);
    const held = BASE_RATES.map((rate) => rate * positives + (1 - rate) * negatives);
    const precisions = BASE_RATES.map((rate, index) =>
      held[index] === 0 ? '' : percent((rate * positives) / held[index]),
    );
    console.log(
      `| ${name} | ${from} | ${texts} | ${percent(1 - positives)} | ${percent(negatives)} | ${held.map(percent).join(' | ')} | ${precisions.join(' | ')} |`,
    );
  };
  for (const threshold of REFUSAL_GRID)
    print(
      '`refusal`',
      String(threshold),
      annotatedRows(rows, 'toxicity'),
      'toxicity',
      (scores) => valueOf(scores, 'refusal') >= threshold,
    );
  for (const label of MODEL_LABELS) {
    const hold = thresholds[label]?.hold;
    if (hold !== undefined)
      print(
        `\`${label}\``,
        String(hold),
        annotatedRows(rows, label),
        label,
        (scores) => valueOf(scores, label) >= hold,
      );
  }
  const holdsAny: HoldPredicate = (scores) =>
    Object.entries(thresholds).some(([label, { hold }]) => valueOf(scores, label as Label) >= hold);
  const domains = [...new Set(annotatedRows(rows, 'toxicity').map(({ domain }) => domain))];
  for (const domain of [null, ...domains]) {
    const subset = annotatedRows(rows, 'toxicity').filter((row) => domain === null || row.domain === domain);
    const { texts } = heldShares(subset, 'toxicity', holdsAny);
    if (texts.split(' / ').some((count) => Number(count) < MIN_IN_BAND)) continue;
    print(
      `any threshold, against \`toxicity\`${domain === null ? '' : `, ${domain}`}`,
      '',
      subset,
      'toxicity',
      holdsAny,
    );
  }
}

function printMapping(rows: readonly ScoredRow[]): void {
  console.log(`\n| attribute | ${GRID.map((threshold) => `from ${threshold}`).join(' | ')} |`);
  console.log(`|${' --- |'.repeat(1 + GRID.length)}`);
  for (const label of MODEL_LABELS) {
    const subset = annotatedRows(rows, label);
    const cells = GRID.map((from) => {
      const { positives, negatives } = heldShares(subset, label, (scores) => valueOf(scores, label) >= from);
      const near = subset.filter(({ scores }) => Math.abs(valueOf(scores, label) - from) <= BAND);
      const observed =
        near.length < MIN_IN_BAND
          ? '–'
          : (near.filter(({ labels }) => (labels[label] ?? 0) >= 0.5).length / near.length).toFixed(2);
      return `${observed} · ${percent(positives)} · ${percent(negatives)}`;
    });
    console.log(`| \`${ATTRIBUTES[label]}\` | ${cells.join(' | ')} |`);
  }
}

/** One decimal below 10 %, none above. */
const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${Number((100 * share).toFixed(share < 0.0995 ? 1 : 0))} %`;
