import { useQuery } from '@tanstack/react-query';
import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import { ACTION_LABELS, ACTIONS, ruleText } from '../access/access-labels.js';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { hrefOf, Link } from '../router.js';
import type { Tier } from '../api-types.js';
import classes from './settings.module.css';

/** Who may do what under the current policy. */
export function GateSummary({ tiers }: { tiers: readonly Tier[] }) {
  const { site } = useConsole();
  const { data } = useQuery({
    // Nested under the policy's key, so that it is refetched when the policy is saved.
    queryKey: ['policy', site.id, 'gate'],
    queryFn: async ({ signal }) => (await api.policy(site.id, signal)).gate,
  });
  if (!data) return null;
  return (
    <>
      <div className={parts.sub}>
        <h3>What they open</h3>
      </div>
      <dl className={`${marks.facts} ${classes.facts}`}>
        {ACTIONS.map((action) => (
          <div key={action} className={classes.gateLine}>
            <dt>Who may {ACTION_LABELS[action]}</dt>
            <dd>{ruleText(data[action], tiers)}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>
        It is changed in <Link href={hrefOf('/policy', { site: site.id })}>the policy</Link>; for a section, a
        story or a while under <Link href={hrefOf('/access', { site: site.id })}>Access</Link>.
      </p>
    </>
  );
}
