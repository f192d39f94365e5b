import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { api, ProblemError } from '../api.js';
import { requestPasskey, wasCancelled } from './passkeys.js';
import classes from './session.module.css';

interface Props {
  label: string;
  /** Rejects if the passkey is refused. */
  onPasskey: (passkey: object) => Promise<unknown>;
}

/** Renders nothing if the browser does not support passkeys. */
export function PasskeyButton({ label, onPasskey }: Props) {
  const { data } = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: ({ signal }) => api.signInMethods(signal),
    staleTime: Infinity,
  });
  const request = useMutation({ mutationFn: async () => onPasskey(await requestPasskey()) });
  if (!data?.passkeys || !window.PublicKeyCredential) return null;
  return (
    <div>
      <Button
        fullWidth
        variant="default"
        leftSection={<KeyRound size={15} strokeWidth={1.75} aria-hidden />}
        loading={request.isPending}
        onClick={() => request.mutate()}
      >
        {label}
      </Button>
      {request.error && !wasCancelled(request.error) && (
        <p className={classes.fault} role="alert">
          {request.error instanceof ProblemError
            ? request.error.message
            : 'The passkey could not be used. Try again, or sign in another way.'}
        </p>
      )}
    </div>
  );
}
