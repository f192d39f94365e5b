import { intervalText, percent } from '../charts/chart-labels.js';
import { ruleName } from '../shell/rule-name.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { Estimate, RuleQuality } from '../api-types.js';
import classes from './quality.module.css';

/** Per rule: how much it decided, and how often moderators disagreed. */
export function RulesTable({ rules }: { rules: readonly RuleQuality[] }) {
  return (
    <div className={table.ruled} tabIndex={0} role="region" aria-label="Rules and how often they err">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className={table.number}>
              Published
            </th>
            <th scope="col" className={table.number}>
              Held
            </th>
            <th scope="col" className={table.number}>
              Rejected
            </th>
            <th scope="col" className={table.number}>
              Wrongly held
            </th>
            <th scope="col" className={table.number}>
              Wrongly let through or rejected
            </th>
            <th scope="col" className={table.number}>
              Appeals overturned
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">{ruleName(rule.rule)}</th>
              <td className={table.number}>{formatCount(rule.published)}</td>
              <td className={table.number}>{formatCount(rule.held)}</td>
              <td className={table.number}>{formatCount(rule.rejected)}</td>
              <td className={table.number}>
                <Cell estimate={rule.falseHolds} />
              </td>
              <td className={table.number}>
                <Cell estimate={rule.falsePasses.of > 0 ? rule.falsePasses : rule.falseRejections} />
              </td>
              <td className={table.number}>
                <Cell estimate={rule.overturned} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const formatCount = (count: number): string => (count === 0 ? '–' : count.toLocaleString());

function Cell({ estimate }: { estimate: Estimate }) {
  if (estimate.value === null) return <span className={page.soft}>–</span>;
  return (
    <>
      <span className={classes.share}>{percent(estimate.value)}</span>
      <span className={page.small}>{intervalText(estimate)}</span>
    </>
  );
}
