import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { api, ProblemError } from '../api.js';
import { showPasskey, wasCancelled } from './passkeys.js';
import classes from './session.module.css';

interface Props {
  label: string;
  /** Rejects if the passkey is refused. */
  onShown: (passkey: object) => Promise<unknown>;
}

/** Renders nothing if the browser does not support passkeys. */
export function PasskeyButton({ label, onShown }: Props) {
  const { data } = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: ({ signal }) => api.signInWays(signal),
    staleTime: Infinity,
  });
  const show = useMutation({ mutationFn: async () => onShown(await showPasskey()) });
  if (!data?.passkeys || !window.PublicKeyCredential) return null;
  return (
    <div>
      <Button
        fullWidth
        variant="default"
        leftSection={<KeyRound size={15} strokeWidth={1.75} aria-hidden />}
        loading={show.isPending}
        onClick={() => show.mutate()}
      >
        {label}
      </Button>
      {show.error && !wasCancelled(show.error) && (
        <p className={classes.fault} role="alert">
          {show.error instanceof ProblemError
            ? show.error.message
            : 'The passkey could not be used. Try again, or sign in another way.'}
        </p>
      )}
    </div>
  );
}
