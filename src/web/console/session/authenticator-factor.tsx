import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { toFormError } from '../shell/form-error.js';
import type { SecondFactor } from '../api-types.js';
import { AuthenticatorSetup } from './authenticator-setup.js';
import classes from './factors.module.css';
import { RecoveryCodes } from './recovery-codes.js';

interface Props {
  factor: SecondFactor;
  onChanged: () => void;
}

/** The authenticator app for one-time codes: set up, replace or remove it. */
export function AuthenticatorFactor({ factor, onChanged }: Props) {
  const [open, setOpen] = useState<'set-up' | 'remove' | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setOpen(null);
  return (
    <li>
      <div className={classes.factor}>
        <div>
          <span className={classes.name}>
            App for one-time codes
            {factor.app && <span className={classes.on}>Since {fullTime(factor.app.since)}</span>}
          </span>
          <p>
            {factor.app
              ? 'You sign in with your password and the six digits that the app shows.'
              : 'An app on your phone shows six digits, which you enter after your password.'}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            size="xs"
            variant={factor.app ? 'default' : 'filled'}
            onClick={() => setOpen('set-up')}
            aria-expanded={open === 'set-up'}
          >
            {factor.app ? 'Use another app…' : 'Set up an app…'}
          </Button>
          {factor.app && (
            <Button size="xs" variant="subtle" color="rejected" onClick={() => setOpen('remove')}>
              Remove the app…
            </Button>
          )}
        </div>
      </div>
      {open === 'set-up' && (
        <AuthenticatorSetup
          onClose={close}
          onDone={(newCodes) => {
            close();
            setCodes(newCodes);
            onChanged();
          }}
        />
      )}
      {open === 'remove' && (
        <ConfirmPanel
          title="Remove the app?"
          text="Its codes no longer sign you in, and your other sessions end."
          action="Remove the app"
          isDestructive
          onAct={async () => {
            await api.removeAuthenticator();
            close();
            onChanged();
          }}
          onClose={close}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onSaved={() => setCodes(null)} />}
    </li>
  );
}

/** The number of unused recovery codes, and a button to create new ones. */
export function RecoveryFactor({ factor, onChanged }: Props) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const create = useMutation({
    mutationFn: () => api.newRecoveryCodes(),
    onSuccess: ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      onChanged();
    },
  });
  return (
    <li>
      <div className={classes.factor}>
        <div>
          <span className={classes.name}>Recovery codes</span>
          <p>
            {factor.recoveryCodesLeft === 0
              ? 'None are left. Create new ones before you need them.'
              : `${factor.recoveryCodesLeft} of them ${factor.recoveryCodesLeft === 1 ? 'has' : 'have'} not been used yet.`}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button size="xs" variant="default" loading={create.isPending} onClick={() => create.mutate()}>
            Create new ones
          </Button>
        </div>
      </div>
      {create.isError && (
        <p className={classes.fault} role="alert">
          {toFormError(create.error, []).text}
        </p>
      )}
      {codes && <RecoveryCodes codes={codes} onSaved={() => setCodes(null)} />}
    </li>
  );
}
