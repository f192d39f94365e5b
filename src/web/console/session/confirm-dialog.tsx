import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api, onConfirmRequired, ProblemError } from '../api.js';
import { AccountForm } from './account-form.js';
import classes from './session.module.css';
import { useSession } from './session.js';

/**
 * Asks for the password before secrets and the team are changed from a session that has been open for a while. What
 * was about to happen happens then, or, when it is closed, does not.
 */
export function ConfirmDialog() {
  const { moderator } = useSession();
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  useEffect(
    () =>
      onConfirmRequired(() => {
        setAsking(true);
        return new Promise((resolve) => waiting.current.push(resolve));
      }),
    [],
  );
  const answer = (isConfirmed: boolean) => {
    setAsking(false);
    waiting.current.splice(0).forEach((resolve) => resolve(isConfirmed));
  };

  return (
    <Modal
      opened={isAsking}
      onClose={() => answer(false)}
      title={moderator.hasPassword ? 'Confirm that it is you' : 'Set a password first'}
      centered
      size="xs"
      closeButtonProps={{ 'aria-label': 'Close; nothing is changed' }}
    >
      {moderator.hasPassword ? (
        <PasswordForm email={moderator.email} onConfirmed={() => answer(true)} />
      ) : (
        <>
          <p className={classes.lead}>
            Secrets and the team are changed by people who can confirm that it is them. Your account has no
            password yet.
          </p>
          <AccountForm submitLabel="Set it and go on" onSaved={() => answer(true)} />
        </>
      )}
    </Modal>
  );
}

function PasswordForm({ email, onConfirmed }: { email: string | null; onConfirmed: () => void }) {
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === '') return setFault('Your password, as at the sign-in.');
    setBusy(true);
    setFault(null);
    try {
      await api.confirm(password);
      onConfirmed();
    } catch (error) {
      setFault(
        error instanceof ProblemError
          ? error.message
          : 'The server does not answer. Nothing was changed; try again.',
      );
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p className={classes.lead}>
        This shows or changes a secret, or who has a say. For ten minutes you are not asked again.
      </p>
      <Stack gap="sm">
        {email && <input type="hidden" autoComplete="username" value={email} readOnly />}
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          error={fault}
          data-autofocus
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Confirm and go on
        </Button>
      </Stack>
    </form>
  );
}
