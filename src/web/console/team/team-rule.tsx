import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import { toFormError } from '../shell/form-error.js';
import { useSessionContext } from '../session/session.js';
import classes from './team.module.css';

/** Whether all staff of the site must use a second factor. */
export function TeamRule({ siteId }: { siteId: string }) {
  const queries = useQueryClient();
  const { refresh } = useSessionContext();
  const key = ['team-rules', siteId];
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.teamRules(siteId, signal) });
  const change = useMutation({
    mutationFn: (secondFactor: boolean) => api.setTeamRules(siteId, { secondFactor }),
    onSuccess: (rules) => {
      queries.setQueryData(key, rules);
      // If the person who switched it on has no second factor, ask for one at once.
      refresh();
    },
  });
  return (
    <section className={classes.rule} aria-label="What is asked of the team">
      <Switch
        label="Everybody signs in with a second factor"
        description="Who has none sets one up before they can do anything here."
        checked={data?.secondFactor ?? false}
        disabled={!data || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {change.error && (
        <p className={classes.fault} role="alert">
          {toFormError(change.error, []).text}
        </p>
      )}
    </section>
  );
}
