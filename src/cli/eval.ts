import { parseArgs } from 'node:util';
import { MODEL_LABELS, type ModelLabel } from '../features/scoring/model/labels.js';
import { QualityHead } from '../features/scoring/quality/quality-head.js';
import {
  loadShippedModels,
  scoreByShippedModels,
  type CombinedModels,
} from '../features/scoring/shipped-scores.js';
import { readRows, type Row } from '../features/scoring/training/dataset.js';
import { evaluate } from '../features/scoring/training/evaluate.js';
import { fairness, heldOutResults, suiteResults } from '../features/scoring/training/functional-suite.js';
import {
  qualityAgreement,
  type QualityAgreement,
  type RatedArgument,
} from '../features/scoring/training/quality-agreement.js';
import { automaticDecisions, type AutomaticDecisions } from './eval/automatic-decisions.js';
import {
  decideForeignSuite,
  decideNewspaperSuite,
  readForeignSuite,
  readNewspaperSuite,
  type SuiteHalf,
} from './eval/newspaper-suite.js';
import { policyOutcomes } from './eval/policy-outcomes.js';
import { progressOf } from './eval/progress.js';
import { printFileResults, printSuiteResults, type FileResults, type SuiteResults } from './eval/report.js';

const HELP = `npm run eval -- [FILE.jsonl[.gz]] [--json] [--head LABEL] [--policy LINES] [--wanted-error SHARE] [--seed N]
               [--no-suites] [--held-out]

Measures the shipped models. Prints Markdown tables, as in docs/model-card.md, or one JSON object with --json.

With FILE, it scores the "text" of each line and compares the scores with its "labels". A missing label is unknown; a
label of .5 or more is positive. The scores are those of the English models, whatever the language. It also shows:
- what the default policy does with --policy lines (default 2000; 0: none), drawn at random by --seed (default 1): the
  share of harmless lines that are held, and of positive lines that are held or rejected
- how many lines with the label "toxicity" could be decided without a person, if at most --wanted-error (default 0.01)
  of the published ones and of the refused ones may be wrong; cross-validated
- for lines with "functionality" and "label" ("hateful" or "non-hateful"), the accuracy per function by the label that
  --head names (default identityAttack)
- for lines with the label "argumentQuality", how well the order by its score agrees with the order by the label

With or without FILE, it shows the results of the project's own functional suite, and what the default policy does with
the newspaper suite and with sentences in other languages; --no-suites skips this. Of the newspaper suite it uses the
tuning half, or with --held-out the half that must not be looked at while rules and models are being changed.`;

interface Options {
  readonly head: ModelLabel;
  readonly policyLines: number;
  readonly wantedError: number;
  readonly seed: number;
}

const isLabel = (name: string): name is ModelLabel => (MODEL_LABELS as readonly string[]).includes(name);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** @returns the exit status */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: flag,
      head: text,
      policy: text,
      'wanted-error': text,
      seed: text,
      'no-suites': flag,
      'held-out': flag,
      help: flag,
    },
  });
  const head = values.head ?? 'identityAttack';
  const policyLines = Number(values.policy ?? 2_000);
  const wantedError = Number(values['wanted-error'] ?? 0.01);
  const seed = Number(values.seed ?? 1);
  const hasNothingToDo = positionals.length === 0 && values['no-suites'] === true;
  if (values.help || positionals.length > 1 || hasNothingToDo) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  if (!isLabel(head)) return refuse(`Unknown label ${head}; use one of ${MODEL_LABELS.join(', ')}.`);
  if (!isCount(policyLines)) return refuse(`--policy must be a number of lines, not ${values.policy}.`);
  if (!isCount(seed)) return refuse(`--seed must be a whole number, not ${values.seed}.`);
  if (!(wantedError > 0 && wantedError < 1))
    return refuse(`--wanted-error must be a share between 0 and 1, not ${values['wanted-error']}.`);

  const models = await loadShippedModels();
  const file: FileResults | null =
    positionals.length === 0
      ? null
      : await measureFile(models, readRows(positionals[0]), { head, policyLines, wantedError, seed });
  if (file && !values.json) printFileResults(file);
  const suites: SuiteResults | null = values['no-suites']
    ? null
    : await measureSuites(models, values['held-out'] ? 'held-out' : 'tuning');
  if (suites && !values.json) printSuiteResults(suites);
  if (values.json) console.log(JSON.stringify({ ...file, ...suites }));
  return 0;
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

async function measureFile(
  models: CombinedModels,
  rows: readonly Row[],
  { head, policyLines, wantedError, seed }: Options,
): Promise<FileResults> {
  const evaluation = evaluate(models, models.labels, rows, head, progressOf('labels', rows.length));
  const hasLabels = Object.keys(evaluation.labels).length > 0;
  const onProgress = progressOf('default policy', Math.min(policyLines, rows.length));
  const policy =
    policyLines > 0 && hasLabels
      ? await policyOutcomes(rows, { lines: policyLines, seed, onProgress })
      : null;
  const automatic = await measureAutomatic(rows, wantedError, seed);
  const quality = measureQuality(models, rows);
  return {
    ...evaluation,
    ...(policy ? { policy } : {}),
    ...(automatic ? { automatic } : {}),
    ...(quality ? { quality } : {}),
  };
}

/** Compares `refusal` with the label toxicity. @returns null if no line has that label */
async function measureAutomatic(
  rows: readonly Row[],
  wantedError: number,
  seed: number,
): Promise<AutomaticDecisions | null> {
  const labelled = rows.filter(({ labels }) => labels.toxicity !== undefined);
  if (labelled.length === 0) return null;
  const onProgress = progressOf('decisions without a person', labelled.length);
  const judged = [];
  for (const { text, labels } of labelled) {
    const { refusal } = await scoreByShippedModels(text);
    judged.push({ probability: refusal!.value, isRefused: labels.toxicity! >= 0.5, weight: 1 });
    onProgress(judged.length);
  }
  return automaticDecisions(judged, wantedError, seed);
}

/** @returns null if no line has a rating as an argument */
function measureQuality(models: CombinedModels, rows: readonly Row[]): QualityAgreement | null {
  const onProgress = progressOf('arguments', rows.length);
  const rated = rows.flatMap(({ text, argumentQuality: quality }, at): RatedArgument[] => {
    onProgress(at);
    const embedding = quality === undefined ? null : models.embed(text);
    return quality === undefined || embedding === null ? [] : [{ text, quality, embedding }];
  });
  return rated.length === 0 ? null : qualityAgreement(QualityHead.load(), rated);
}

async function measureSuites(models: CombinedModels, half: SuiteHalf): Promise<SuiteResults> {
  console.error('functional suite');
  const functionalSuite = suiteResults(models);
  const heldOutSentences = heldOutResults(models);
  const groups = fairness(models);
  console.error('newspaper suite');
  return {
    functionalSuite,
    heldOutSentences,
    fairness: groups,
    newspaperSuite: { half, functions: await decideNewspaperSuite(readNewspaperSuite(half)) },
    foreignSuite: await decideForeignSuite(readForeignSuite()),
  };
}
