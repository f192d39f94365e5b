import type { Evaluation } from '../../features/scoring/training/evaluate.js';
import type {
  fairness,
  FunctionResult,
  heldOutResults,
  suiteResults,
} from '../../features/scoring/training/functional-suite.js';
import type { Metrics } from '../../features/scoring/training/metrics.js';
import type { QualityAgreement, RankAgreement } from '../../features/scoring/training/quality-agreement.js';
import type { AutomaticDecisions } from './automatic-decisions.js';
import type { Action, ActionCounts } from './decide.js';
import type { SuiteFunctionResult, SuiteHalf, SuiteLanguageResult } from './newspaper-suite.js';
import type { PolicyOutcome, PolicyOutcomes } from './policy-outcomes.js';

/* Prints results as Markdown tables, in the form of docs/model-card.md. */

export interface FileResults extends Evaluation {
  readonly policy?: PolicyOutcomes;
  readonly automatic?: AutomaticDecisions;
  readonly quality?: QualityAgreement;
}

export interface SuiteResults {
  readonly functionalSuite: ReturnType<typeof suiteResults>;
  readonly heldOutSentences: ReturnType<typeof heldOutResults>;
  readonly fairness: ReturnType<typeof fairness>;
  readonly newspaperSuite: { readonly half: SuiteHalf; readonly functions: readonly SuiteFunctionResult[] };
  readonly foreignSuite: readonly SuiteLanguageResult[];
}

type Cell = string | number;

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const decimals = (value: number | null, digits: number): string =>
  value === null ? '–' : value.toFixed(digits);
const code = (label: string): string => `\`${label}\``;

function printTable(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  console.log(`\n${title}\n`);
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}

export function printFileResults(results: FileResults): void {
  const { rows, commentsPerSecond, labels, domains, spans, functionality, policy, automatic, quality } =
    results;
  console.log(`${rows} lines, ${commentsPerSecond} a second`);
  if (Object.keys(labels).length > 0) {
    printMetrics('By label:', ['label'], metricRows(labels));
    printMetrics(
      'By label and domain:',
      ['domain', 'label'],
      Object.entries(domains).flatMap(([domain, ofDomain]) => metricRows(ofDomain, domain)),
    );
  }
  if (spans)
    console.log(`\nToxicity spans, character-level F1: ${spans.f1.toFixed(3)} over ${spans.rows} texts.`);
  if (functionality) {
    const { head, total, positive, harmless, perFunction } = functionality;
    printTable(
      `Accuracy per function by ${code(head)} at .5: all ${percent(total)}, hateful ${percent(positive)}, harmless ${percent(harmless)}.`,
      ['function', 'correct'],
      Object.entries(perFunction).map(([name, accuracy]) => [name, percent(accuracy)]),
    );
  }
  if (policy) printPolicy(policy);
  if (automatic) printAutomatic(automatic);
  if (quality) printQuality(quality);
}

const metricRows = (labels: Evaluation['labels'], ...before: Cell[]): [Cell[], Metrics][] =>
  Object.entries(labels).map(([label, metrics]) => [[...before, code(label)], metrics]);

const printMetrics = (title: string, keys: readonly string[], rows: readonly [Cell[], Metrics][]): void =>
  printTable(
    title,
    [
      ...keys,
      'lines',
      'positive',
      'ROC-AUC',
      'average precision',
      'precision',
      'recall',
      'F1',
      'calibration error',
    ],
    rows.map(([cells, { rows: lines, positives, rocAuc, averagePrecision, precision, recall, f1, ece }]) => [
      ...cells,
      lines,
      positives,
      ...[rocAuc, averagePrecision, precision, recall, f1, ece].map((value) => decimals(value, 4)),
    ]),
  );

function printPolicy({ lines, ofLines, seed, total, labels, domains, languages }: PolicyOutcomes): void {
  const byLanguage = Object.entries(languages);
  const row = (name: string, outcome: PolicyOutcome): Cell[] => [
    name,
    outcome.harmless,
    percent(outcome.heldHarmless),
    outcome.rejectedHarmless,
    outcome.positive,
    percent(outcome.caught),
  ];
  printTable(
    `Decisions by the default policy on ${lines} of ${ofLines} lines (seed ${seed}), by a reader who has published before:`,
    ['', 'harmless', 'held', 'rejected', 'positive', 'held or rejected'],
    [
      row('all labels', total),
      ...Object.entries(domains).map(([domain, outcome]) => row(`all labels, ${domain}`, outcome)),
      ...(byLanguage.length > 1 ? byLanguage : []).map(([language, outcome]) =>
        row(`all labels, language ${code(language)}`, outcome),
      ),
      ...Object.entries(labels).map(([label, outcome]) => row(code(label), outcome)),
    ],
  );
}

function printAutomatic({ lines, refusable, wantedError, publish, refuse }: AutomaticDecisions): void {
  printTable(
    `Decisions without a person by ${code('refusal')}, if at most ${percent(wantedError)} of either may be wrong, on ${lines} lines of which ${refusable} are toxic; cross-validated:`,
    ['', 'share of all lines', 'wrong'],
    [
      ['published', percent(publish.share), percent(publish.wrong)],
      ['refused', percent(refuse.share), percent(refuse.wrong)],
      ['left to a person', percent(1 - publish.share - refuse.share), '–'],
    ],
  );
}

function printQuality({ lines, rating, forItsLength, lengthAlone }: QualityAgreement): void {
  const row = (name: string, { all, withinFifths, withLength }: RankAgreement): Cell[] => [
    name,
    decimals(all, 3),
    withinFifths.map((value) => decimals(value, 3)).join(', '),
    decimals(withLength, 3),
  ];
  printTable(
    `Spearman's correlation with the ratings of ${lines} arguments:`,
    ['', 'all', 'within fifths of length', 'with the length'],
    [
      row(code('argumentQuality'), rating),
      row('compared with comments of its length', forItsLength),
      row('length alone', lengthAlone),
    ],
  );
}

export function printSuiteResults(results: SuiteResults): void {
  const { functionalSuite, heldOutSentences, fairness: groups, newspaperSuite, foreignSuite } = results;
  printFunctions(
    `Functional suite: ${percent(functionalSuite.seen)} correct where the training data has similar templates, ${percent(functionalSuite.unseen)} where it has none.`,
    functionalSuite.functions,
  );
  printFunctions(
    `Sentences held out of all training: all ${percent(heldOutSentences.all)}, hateful ${percent(heldOutSentences.hateful)}, harmless ${percent(heldOutSentences.harmless)}.`,
    heldOutSentences.functions,
  );
  printTable(
    `False positives on sentences that name a group: worst ${percent(groups.worst)}, spread ${percent(groups.spread)}.`,
    ['group', 'false positives', 'sentences'],
    groups.groups.map(({ group, rate, total }) => [group, percent(rate), total]),
  );
  printNewspaperSuite(newspaperSuite);
  printForeignSuite(foreignSuite);
}

const printFunctions = (title: string, functions: readonly FunctionResult[]): void =>
  printTable(
    title,
    ['function', 'correct', 'sentences'],
    functions.map(({ name, correct, total }) => [name, percent(correct / total), total]),
  );

const actionCells = ({ publish, hold, reject }: ActionCounts): Cell[] => [publish, hold, reject];

function printNewspaperSuite({ half, functions }: SuiteResults['newspaperSuite']): void {
  const share = (expected: SuiteFunctionResult['expected'], action: Action): string => {
    const chosen = functions.filter((each) => each.expected === expected);
    const sum = (of: (each: SuiteFunctionResult) => number): number =>
      chosen.reduce((total, each) => total + of(each), 0);
    return percent(sum(({ counts }) => counts[action]) / sum(({ total }) => total));
  };
  printTable(
    `Newspaper suite, ${half} half, by the default policy. Harmless: held ${share('publish', 'hold')}, rejected ${share('publish', 'reject')}; hostile: published ${share('refuse', 'publish')}.`,
    ['function', 'published', 'held', 'rejected', 'sentences', 'should be'],
    functions.map(({ name, expected, total, counts }) => [name, ...actionCells(counts), total, expected]),
  );
}

function printForeignSuite(languages: readonly SuiteLanguageResult[]): void {
  const row = (name: string, { byDefault, onItsSite }: Omit<SuiteLanguageResult, 'language'>): Cell[] => [
    name,
    ...[byDefault, onItsSite].flatMap((counts) =>
      (['foreign-abuse', 'foreign-ordinary'] as const).map((kind) => actionCells(counts[kind]).join(' / ')),
    ),
  ];
  const sum = (of: (result: SuiteLanguageResult) => ActionCounts): ActionCounts =>
    languages.map(of).reduce((a, b) => ({
      publish: a.publish + b.publish,
      hold: a.hold + b.hold,
      reject: a.reject + b.reject,
    }));
  const sums = (site: 'byDefault' | 'onItsSite'): SuiteLanguageResult['byDefault'] => ({
    'foreign-abuse': sum((result) => result[site]['foreign-abuse']),
    'foreign-ordinary': sum((result) => result[site]['foreign-ordinary']),
  });
  printTable(
    'Newspaper suite, other languages, published / held / rejected: by the default policy, and on a site whose only language it is.',
    ['language', 'abuse', 'ordinary', 'abuse, on its site', 'ordinary, on its site'],
    [
      ...languages.map((result) => row(code(result.language), result)),
      row('all', { byDefault: sums('byDefault'), onItsSite: sums('onItsSite') }),
    ],
  );
}
