import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemError } from '../api.js';
import { FactorForm } from './factor-form.js';
import { PasskeyButton } from './passkey-button.js';
import classes from './session.module.css';
import { useSessionContext } from './session.js';

/** Email and password. The input stays in place if the sign-in is refused. */
export function SignInForm(props: { email?: string | null; onSignedIn?: () => void }) {
  const { signIn } = useSessionContext();
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isFactorNeeded, setFactorNeeded] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await signIn({ email: email.trim(), password });
      props.onSignedIn?.();
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'second-factor-needed') setFactorNeeded(true);
      else setFault(faultOf(error));
      setBusy(false);
    }
  };

  const onPasskey = async (passkey: object) => {
    await signIn({ passkey });
    props.onSignedIn?.();
  };

  if (isFactorNeeded) {
    return (
      <FactorForm
        onProof={async (proof) => {
          await signIn({ email: email.trim(), password, ...proof });
          props.onSignedIn?.();
        }}
        onPasskey={onPasskey}
        onBack={() => setFactorNeeded(false)}
      />
    );
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {fault && (
          <p className={classes.fault} role="alert">
            {fault}
          </p>
        )}
        <Button type="submit" fullWidth loading={isBusy}>
          Sign in
        </Button>
        <PasskeyButton label="Sign in with a passkey" onPasskey={onPasskey} />
      </Stack>
    </form>
  );
}

function faultOf(error: unknown): string {
  if (!(error instanceof ProblemError)) return 'The server does not answer. Nothing was lost; try again.';
  if (error.code === 'bad-credentials') return 'Email and password do not match an account here.';
  if (error.status === 429) return 'Too many attempts. Wait a moment, then try again.';
  return error.message;
}
