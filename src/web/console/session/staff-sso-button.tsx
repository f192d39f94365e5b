import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Newspaper } from 'lucide-react';
import { api } from '../api.js';
import classes from './session.module.css';

/** The name of the single sign-on provider; null if there is none or it is not loaded yet. */
export function useStaffSso(): string | null {
  const { data } = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: ({ signal }) => api.signInMethods(signal),
    staleTime: Infinity,
  });
  return data?.newsroom ?? null;
}

/** The single sign-on button, if single sign-on is configured. It leaves this page. */
export function StaffSsoButton({ isOnly = false }: { isOnly?: boolean }) {
  const providerName = useStaffSso();
  if (!providerName) return null;
  return (
    <>
      <Button
        component="a"
        href="/api/v1/console/oidc"
        fullWidth
        variant="default"
        classNames={{ root: classes.provider, label: classes.providerLabel }}
        leftSection={<Newspaper size={15} strokeWidth={1.75} aria-hidden />}
      >
        Sign in with {providerName}
      </Button>
      {!isOnly && <p className={classes.or}>or</p>}
    </>
  );
}
