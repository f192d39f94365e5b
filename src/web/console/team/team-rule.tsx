import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import { toFormError } from '../shell/form-error.js';
import { useSessionContext } from '../session/session.js';
import classes from './team.module.css';

/** Whether everybody in the team must have a second factor. */
export function TeamRule({ siteId }: { siteId: string }) {
  const queries = useQueryClient();
  const { refresh } = useSessionContext();
  const key = ['team-rules', siteId];
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.teamRules(siteId, signal) });
  const change = useMutation({
    mutationFn: (secondFactor: boolean) => api.setTeamRules(siteId, { secondFactor }),
    onSuccess: (rules) => {
      queries.setQueryData(key, rules);
      // Who switched it on without having one is asked at once.
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
