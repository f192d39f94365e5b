import { intervalText, percent } from '../charts/chart-labels.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { Estimate, Quality } from '../api-types.js';
import classes from './quality.module.css';

/** How often moderators agree with each other, and how appeals against their decisions and against rules end. */
export function AgreementSection({ quality: { agreement, appeals } }: { quality: Quality }) {
  return (
    <section className={classes.part} aria-labelledby="agreement-title">
      <h2 id="agreement-title">People, and appeals</h2>
      <div className={table.ruled} tabIndex={0} role="region" aria-label="Agreement and appeals">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className={table.number}>
                Share
              </th>
              <th scope="col" className={table.number}>
                Range and number
              </th>
              <th scope="col" className={table.number}>
                Beyond chance (kappa)
              </th>
            </tr>
          </thead>
          <tbody>
            <Line
              name="Two people review the same sampled text alike"
              estimate={agreement.samples.agreementRate}
              kappa={agreement.samples.kappa}
            />
            <Line
              name="A colleague decides as the second opinion suggested"
              estimate={agreement.opinions.agreementRate}
              kappa={agreement.opinions.kappa}
            />
            <Line name="Appeals against rules that were overturned" estimate={appeals.ofRules} />
            <Line name="Appeals against moderators that were overturned" estimate={appeals.ofPeople} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Line({ name, estimate, kappa }: { name: string; estimate: Estimate; kappa?: number | null }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={table.number}>{estimate.value === null ? '–' : percent(estimate.value)}</td>
      <td className={table.number}>
        <span className={page.soft}>{intervalText(estimate)}</span>
      </td>
      <td className={table.number}>
        {kappa === undefined ? (
          ''
        ) : kappa === null ? (
          <span className={page.soft}>from 20 pairs on</span>
        ) : (
          kappa.toFixed(2)
        )}
      </td>
    </tr>
  );
}
