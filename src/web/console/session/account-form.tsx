import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, ProblemError } from '../api.js';
import { OwnSessions } from './own-sessions.js';
import classes from './session.module.css';
import { useSession, useSessionContext } from './session.js';

const MIN_PASSWORD = 12;

interface Props {
  submitLabel: string;
  onSaved: () => void;
  onLater?: () => void;
}

/** Name, email and password of the signed-in moderator. */
export function AccountForm({ submitLabel, onSaved, onLater }: Props) {
  const { moderator } = useSession();
  const { adopt } = useSessionContext();
  const [name, setName] = useState(moderator.name);
  const [email, setEmail] = useState(moderator.email ?? '');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ([...password].length < MIN_PASSWORD) {
      setFaults({ password: `At least ${MIN_PASSWORD} characters; a few words are easiest.` });
      return;
    }
    setBusy(true);
    setFaults({});
    try {
      adopt(await api.createAccount({ name: name.trim(), email: email.trim(), password }));
      onSaved();
    } catch (error) {
      setFaults(faultsOf(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="As your colleagues see it"
          autoComplete="name"
          value={name}
          error={faults['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          value={email}
          error={faults['email']}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={moderator.hasPassword ? 'New password' : 'Password'}
          description={`At least ${MIN_PASSWORD} characters`}
          autoComplete="new-password"
          value={password}
          error={faults['password']}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {faults['form'] && (
          <p className={classes.fault} role="alert">
            {faults['form']}
          </p>
        )}
        <Group gap="xs" wrap="nowrap" className={classes.buttons}>
          <Button type="submit" loading={isBusy}>
            {submitLabel}
          </Button>
          {onLater && (
            <Button variant="subtle" onClick={onLater}>
              Later
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Errors by field, from the JSON pointers of a 400 response. Errors without a field are shown above the button. */
function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError))
    return { form: 'The server does not answer. Nothing was saved; try again.' };
  const fields = Object.fromEntries(
    (error.body.errors ?? []).map(({ pointer, message }) => [pointer.replace(/^\//, ''), message]),
  );
  return Object.keys(fields).length > 0 ? fields : { form: error.message };
}

export function AccountModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Your account" size="sm" centered>
      <AccountForm submitLabel="Save" onSaved={onClose} />
      <OwnSessions />
    </Modal>
  );
}
