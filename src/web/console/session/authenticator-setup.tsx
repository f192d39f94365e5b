import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { toFormError } from '../shell/form-error.js';
import { QrCode } from './qr-code.js';
import classes from './factors.module.css';

interface Props {
  /** Called with recovery codes if the account had none yet. */
  onDone: (recoveryCodes: string[] | null) => void;
  onClose?: () => void;
}

/** Shows a QR code for the app, and asks for one code to confirm that it works. */
export function AuthenticatorSetup({ onDone, onClose }: Props) {
  const [code, setCode] = useState('');
  const setup = useQuery({
    queryKey: ['app-set-up'],
    queryFn: () => api.beginAuthenticator(),
    // Each request creates a new secret, so never refetch while one is shown.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const finish = useMutation({
    mutationFn: () => api.finishAuthenticator(code),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  if (setup.isError) {
    return (
      <div className={classes.setUp}>
        <p role="alert">{toFormError(setup.error, []).text}</p>
        <div className={classes.buttons}>
          <Button size="xs" onClick={() => void setup.refetch()}>
            Try again
          </Button>
          {onClose && (
            <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <form className={classes.setUp} onSubmit={submit} noValidate aria-label="Set up an app">
      <ol className={classes.steps}>
        <li>
          <p>Scan this with an app for one-time codes, such as the one that keeps your passwords.</p>
          {setup.data ? (
            <QrCode text={setup.data.uri} label="QR code for your app" />
          ) : (
            <Skeleton width={184} height={184} />
          )}
          {setup.data && (
            <p className={classes.soft}>
              Or type this into it: <code className={classes.secret}>{inFours(setup.data.secret)}</code>
            </p>
          )}
        </li>
        <li>
          <TextInput
            label="Then type the six figures it shows"
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={16}
            w={280}
            value={code}
            error={finish.error ? toFormError(finish.error, ['code']).text : null}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </li>
      </ol>
      <div className={classes.buttons}>
        <Button size="xs" type="submit" loading={finish.isPending} disabled={!setup.data}>
          Use this app
        </Button>
        {onClose && (
          <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
