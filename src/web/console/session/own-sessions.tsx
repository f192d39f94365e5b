import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import { fullTime, longAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import { userAgentLabel } from './user-agent-label.js';
import classes from './session.module.css';

const KEY = ['own-sessions'];

/** The moderator's other sessions, with a button to end each. */
export function OwnSessions() {
  const queries = useQueryClient();
  const now = useNow();
  const { data, isError } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.ownSessions(signal),
    staleTime: 0,
    select: ({ items }) => items,
  });
  const end = useMutation({
    mutationFn: (id: string) => api.endSession(id),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <section className={classes.sessions} aria-labelledby="sessions-title">
      <h3 id="sessions-title">Where you are signed in</h3>
      {isError && <p role="alert">The list could not be loaded.</p>}
      {!data && !isError && <Skeleton height={14} />}
      <ul>
        {data?.map((session) => (
          <li key={session.id}>
            <span>
              {userAgentLabel(session.agent)}
              <span title={`Since ${fullTime(session.createdAt)}`}>
                {session.current ? 'This one' : `Seen ${longAge(session.seenAt, now)} ago`}
              </span>
            </span>
            {!session.current && (
              <Button
                size="compact-xs"
                variant="default"
                loading={end.isPending && end.variables === session.id}
                onClick={() => end.mutate(session.id)}
                aria-label={`End ${userAgentLabel(session.agent)}`}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.isError && <p role="alert">It was not ended; try again.</p>}
    </section>
  );
}
