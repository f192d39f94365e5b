import { parseArgs } from 'node:util';
import { MODEL_LABELS, type ModelLabel } from '../features/scoring/model/labels.js';
import { loadShippedModels, type CombinedModels } from '../features/scoring/shipped-scores.js';
import { readRows } from '../features/scoring/training/dataset.js';
import { evaluate, type Evaluation } from '../features/scoring/training/evaluate.js';
import {
  fairness,
  heldOutResults,
  suiteResults,
  type FunctionResult,
} from '../features/scoring/training/functional-suite.js';
import type { Metrics } from '../features/scoring/training/metrics.js';
import { decideNewspaperSuite, readNewspaperSuite, type SuiteHalf } from './newspaper-suite.js';

const HELP = `npm run eval -- FILE.jsonl[.gz] [--json] [--head LABEL] [--held-out]

Scores the "text" of each line with the shipped model and compares the scores with its "labels". A missing label is
unknown; a label of .5 or more is positive. Lines with "functionality" and "label" ("hateful" or "non-hateful") are also
counted per function, by the label that --head names (default identityAttack). Without --json, the results of the
project's own functional suite are printed too, and what the default policy does with the newspaper suite: its tuning
half, or with --held-out the half that must not be looked at while rules and models are being changed.`;

const isLabel = (name: string): name is ModelLabel => (MODEL_LABELS as readonly string[]).includes(name);

/** @returns the exit status */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      head: { type: 'string' },
      'held-out': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const label = values.head ?? 'identityAttack';
  if (values.help || positionals.length !== 1 || !isLabel(label)) {
    console.error(isLabel(label) ? HELP : `Unknown label ${label}; use one of ${MODEL_LABELS.join(', ')}.`);
    return values.help ? 0 : 2;
  }
  const models = await loadShippedModels();
  const rows = readRows(positionals[0]);
  const evaluation = evaluate(models, models.labels, rows, label);
  if (values.json) console.log(JSON.stringify(evaluation));
  else {
    printEvaluation(evaluation);
    printSuite(models);
    await printNewspaperSuite(values['held-out'] ? 'held-out' : 'tuning');
  }
  return 0;
}

function printEvaluation({
  rows,
  commentsPerSecond,
  labels,
  domains,
  spans,
  functionality,
}: Evaluation): void {
  console.log(`${rows} lines, ${commentsPerSecond} a second`);
  console.log(`${'label'.padEnd(28)}  lines  positive  ROC-AUC   AP     precision  recall  F1     ECE`);
  for (const [domain, metricsByLabel] of [['', labels], ...Object.entries(domains)] as const)
    for (const [label, metrics] of Object.entries(metricsByLabel))
      console.log(line(domain === '' ? label : `${label} / ${domain}`, metrics));
  if (spans)
    console.log(`\ntoxicity spans, character-level F1: ${spans.f1.toFixed(3)} over ${spans.rows} texts`);
  if (!functionality) return;
  const { head, total, positive, harmless, perFunction } = functionality;
  console.log(
    `\naccuracy per function by ${head} at .5: all ${percent(total)}, hateful ${percent(positive)}, harmless ${percent(harmless)}`,
  );
  for (const [name, accuracy] of Object.entries(perFunction))
    console.log(`  ${name.padEnd(40)} ${percent(accuracy)}`);
}

function printSuite(models: CombinedModels): void {
  const { functions, seen, unseen } = suiteResults(models);
  console.log(
    `\nfunctional suite: ${percent(seen)} where the training data has similar templates, ${percent(unseen)} where it has none`,
  );
  printFunctions(functions);
  const heldOut = heldOutResults(models);
  console.log(
    `\nsentences held out of all training: all ${percent(heldOut.all)}, hateful ${percent(heldOut.hateful)}, harmless ${percent(heldOut.harmless)}`,
  );
  printFunctions(heldOut.functions);
  const { groups, spread, worst } = fairness(models);
  console.log(
    `\nfalse positives on sentences that name a group: worst ${percent(worst)}, spread ${percent(spread)}`,
  );
  for (const { group, rate, total } of groups)
    console.log(`  ${group.padEnd(40)} ${percent(rate)}  of ${total}`);
}

async function printNewspaperSuite(half: SuiteHalf): Promise<void> {
  const functions = await decideNewspaperSuite(readNewspaperSuite(half));
  console.log(
    `\nnewspaper suite, ${half} half, by the default policy:      published  held  rejected  of (should be)`,
  );
  for (const { name, expected, total, counts } of functions)
    console.log(
      `  ${name.padEnd(40)} ${[counts.publish, counts.hold, counts.reject].map((count) => String(count).padStart(8)).join(' ')}  ${String(total).padStart(6)} (${expected})`,
    );
  const harmless = functions.filter(({ expected }) => expected === 'publish');
  const hostile = functions.filter(({ expected }) => expected === 'refuse');
  const sum = (results: typeof functions, action: 'publish' | 'hold' | 'reject'): number =>
    results.reduce((total, { counts }) => total + counts[action], 0);
  const count = (results: typeof functions): number => results.reduce((sum, { total }) => sum + total, 0);
  console.log(
    `  harmless: held ${percent(sum(harmless, 'hold') / count(harmless))}, rejected ${percent(sum(harmless, 'reject') / count(harmless))}; hostile: published ${percent(sum(hostile, 'publish') / count(hostile))}`,
  );
}

const printFunctions = (functions: readonly FunctionResult[]): void =>
  functions.forEach(({ name, correct, total }) =>
    console.log(`  ${name.padEnd(40)} ${percent(correct / total)}  of ${total}`),
  );

function line(
  name: string,
  { rows, positives, rocAuc, averagePrecision, precision, recall, f1, ece }: Metrics,
): string {
  const figure = (value: number | null): string => (value === null ? '-' : value.toFixed(4)).padEnd(7);
  return `${name.padEnd(28)} ${String(rows).padStart(6)} ${String(positives).padStart(9)}  ${figure(rocAuc)}  ${figure(averagePrecision)}  ${figure(precision)}  ${figure(recall)} ${figure(f1)} ${figure(ece)}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;
