import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Newspaper } from 'lucide-react';
import { api } from '../api.js';
import classes from './session.module.css';

/** The newsroom's own sign-in, where there is one. It leads away from this page. */
export function NewsroomButton() {
  const { data } = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => api.signInWays(signal),
    staleTime: Infinity,
  });
  if (!data?.newsroom) return null;
  return (
    <>
      <Button
        component="a"
        href="/api/v1/console/oidc"
        fullWidth
        variant="default"
        classNames={{ root: classes.newsroom, label: classes.newsroomLabel }}
        leftSection={<Newspaper size={15} strokeWidth={1.75} aria-hidden />}
      >
        Sign in with {data.newsroom}
      </Button>
      <p className={classes.or}>or</p>
    </>
  );
}

/** Why somebody came back from there without being let in. */
export const NEWSROOM_REFUSALS: Readonly<Record<string, string>> = {
  unknown:
    'Nobody with that address is in a team here. Ask the owner of your site to invite you with the address of your newsroom account.',
  denied: 'The newsroom’s sign-in was left without signing in.',
  stale: 'That took too long, or began in another window. Try again.',
  failed:
    'The newsroom’s sign-in gave an answer that does not hold. Try again; if it stays so, tell whoever runs this service.',
  away: 'The newsroom’s sign-in does not answer. Try again later, or take another way in.',
};
