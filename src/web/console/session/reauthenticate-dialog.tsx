import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api, onConfirmRequired, ProblemError, type Proof } from '../api.js';
import { AccountForm } from './account-form.js';
import { FactorField } from './factor-field.js';
import { factorFault } from './factor-form.js';
import { PasskeyButton } from './passkey-button.js';
import classes from './session.module.css';
import { useSession } from './session.js';

/**
 * Asks for the password, and for the second factor if there is one, before secrets or the team are changed from a
 * session that has been open for a while. The pending action then continues, or is cancelled if the dialog is closed.
 */
export function ReauthenticateDialog() {
  const { moderator } = useSession();
  const [isConfirming, setConfirming] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  useEffect(
    () =>
      onConfirmRequired(() => {
        setConfirming(true);
        return new Promise((resolve) => waiting.current.push(resolve));
      }),
    [],
  );
  const canConfirm = moderator.hasPassword || moderator.hasSecondFactor;
  const finish = (isConfirmed: boolean) => {
    setConfirming(false);
    waiting.current.splice(0).forEach((resolve) => resolve(isConfirmed));
  };

  return (
    <Modal
      opened={isConfirming}
      onClose={() => finish(false)}
      title={canConfirm ? 'Confirm that it is you' : 'Set a password first'}
      centered
      size="xs"
      closeButtonProps={{ 'aria-label': 'Close; nothing is changed' }}
    >
      {canConfirm ? (
        <ReauthenticateForm onConfirmed={() => finish(true)} />
      ) : (
        <>
          <p className={classes.lead}>
            Changing secrets or the team requires a confirmation, and your account has no password to confirm
            with yet.
          </p>
          <AccountForm submitLabel="Set the password and continue" onSaved={() => finish(true)} />
        </>
      )}
    </Modal>
  );
}

function ReauthenticateForm({ onConfirmed }: { onConfirmed: () => void }) {
  const { moderator } = useSession();
  const { email, hasPassword, hasSecondFactor } = moderator;
  const [password, setPassword] = useState('');
  const [proof, setProof] = useState<Proof>({});
  const [faults, setFaults] = useState<{ password?: string; factor?: string }>({});
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (hasPassword && password === '') return setFaults({ password: 'Your password, as at the sign-in.' });
    if (hasSecondFactor && Object.keys(proof).length === 0) return setFaults({ factor: 'Enter the code.' });
    setBusy(true);
    setFaults({});
    try {
      await api.confirm({ ...(hasPassword && { password }), ...proof });
      onConfirmed();
    } catch (error) {
      setFaults(faultsOf(error, hasPassword));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p className={classes.lead}>
        This shows or changes a secret, or changes the team. You are not asked again for ten minutes.
      </p>
      <Stack gap="sm">
        {email && <input type="hidden" autoComplete="username" value={email} readOnly />}
        {hasPassword && (
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            error={faults.password}
            data-autofocus
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {hasSecondFactor && <FactorField error={faults.factor ?? null} onChange={setProof} />}
        <Button type="submit" loading={isBusy}>
          Confirm and continue
        </Button>
        {hasSecondFactor && (
          <PasskeyButton
            label="Use a passkey"
            onPasskey={async (passkey) => {
              await api.confirm({ passkey });
              onConfirmed();
            }}
          />
        )}
      </Stack>
    </form>
  );
}

function faultsOf(error: unknown, hasPassword: boolean): { password?: string; factor?: string } {
  if (!(error instanceof ProblemError)) {
    const text = 'The server does not answer. Nothing was changed; try again.';
    return hasPassword ? { password: text } : { factor: text };
  }
  const isFactorError = error.code === 'bad-second-factor' || error.code === 'second-factor-needed';
  return isFactorError || !hasPassword ? { factor: factorFault(error) } : { password: error.message };
}
