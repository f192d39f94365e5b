import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Newspaper } from 'lucide-react';
import { api } from '../api.js';
import classes from './session.module.css';

/** The name of the single sign-on provider; null if there is none or it is not loaded yet. */
export function useStaffSso(): string | null {
  const { data } = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: ({ signal }) => api.signInWays(signal),
    staleTime: Infinity,
  });
  return data?.newsroom ?? null;
}

/** The single sign-on button, if single sign-on is configured. It leaves this page. */
export function StaffSsoButton({ alone: isOnly = false }: { alone?: boolean }) {
  const newsroom = useStaffSso();
  if (!newsroom) return null;
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
        Sign in with {newsroom}
      </Button>
      {!isOnly && <p className={classes.or}>or</p>}
    </>
  );
}
