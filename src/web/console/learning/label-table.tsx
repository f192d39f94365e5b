import { ChevronDown, ChevronUp, Equal, Hourglass } from 'lucide-react';
import { labelName } from '../shell/score-labels.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { SiteModelFigures, Learning } from '../api-types.js';
import classes from './learning.module.css';
import { LEARNED_LABELS, compareLabel, type LabelComparison } from './learning-state.js';

const COMPARISON_TEXTS: Readonly<Record<LabelComparison, { text: string; icon: typeof Equal }>> = {
  ahead: { text: 'Ahead', icon: ChevronUp },
  behind: { text: 'Behind', icon: ChevronDown },
  even: { text: 'Too close to tell', icon: Equal },
  'too-few': { text: 'Too few texts', icon: Hourglass },
};

/** The examples available per label, and how the site model performs on held-out texts. */
export function LabelTable({ state: { active, shadow, collected } }: { state: Learning }) {
  const siteModel = active ?? shadow;
  return (
    <section>
      <h2 id="learning-labels">By label</h2>
      <p className={page.soft}>
        {siteModel
          ? 'Measured on the fifth of the texts that training does not use. The loss measures wrong and unsure scores: lower is better.'
          : 'Texts collected so far.'}
      </p>
      <div className={table.ruled} role="region" aria-labelledby="learning-labels" tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col" className={table.number}>
                Applies to
              </th>
              <th scope="col" className={table.number}>
                Does not
              </th>
              {siteModel && (
                <>
                  <th scope="col" className={table.number}>
                    Held out
                  </th>
                  <th scope="col" className={table.number}>
                    Loss, shipped
                  </th>
                  <th scope="col" className={table.number}>
                    Loss, learned
                  </th>
                </>
              )}
              <th scope="col">{siteModel ? 'On unseen texts' : 'Enough'}</th>
            </tr>
          </thead>
          <tbody>
            {LEARNED_LABELS.map((label) => (
              <Row
                key={label}
                label={label}
                counts={collected.labels[label] ?? { positives: 0, negatives: 0 }}
                needed={collected.needed}
                figures={siteModel ? (siteModel.figures[label] ?? null) : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  label: string;
  counts: { positives: number; negatives: number };
  needed: number;
  /** Undefined: there is no site model; null: the model does not cover the label. */
  figures: SiteModelFigures | null | undefined;
}

function Row({ label, counts: { positives, negatives }, needed, figures }: RowProps) {
  const comparison = compareLabel(figures ?? undefined);
  const { text, icon: Icon } = COMPARISON_TEXTS[comparison];
  const collectedCount = Math.min(positives, negatives, needed);
  return (
    <tr>
      <th scope="row">{labelName(label)}</th>
      <td className={table.number}>{positives.toLocaleString()}</td>
      <td className={table.number}>{negatives.toLocaleString()}</td>
      {figures !== undefined && (
        <>
          <td className={table.number}>{figures ? figures.heldOut.texts.toLocaleString() : '–'}</td>
          <td className={table.number}>{figures ? figures.shipped.logLoss.toFixed(3) : '–'}</td>
          <td className={table.number}>{figures ? figures.siteModel.logLoss.toFixed(3) : '–'}</td>
        </>
      )}
      <td>
        {figures ? (
          <span className={classes.standing} data-state={comparison}>
            <Icon size={14} aria-hidden />
            {text}
          </span>
        ) : (
          <span className={classes.progress}>
            <progress
              max={needed}
              value={collectedCount}
              aria-label={`${labelName(label)}: texts of the rarer kind`}
            />
            <span className={page.small}>
              {collectedCount} of {needed}
            </span>
          </span>
        )}
      </td>
    </tr>
  );
}
