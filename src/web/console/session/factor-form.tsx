import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemError, type Proof } from '../api.js';
import { FactorField } from './factor-field.js';
import { PasskeyButton } from './passkey-button.js';

interface Props {
  /** Rejects if the code is refused. */
  onProof: (proof: Proof) => Promise<unknown>;
  /** Accepts a passkey instead of a code. */
  onPasskey: (passkey: object) => Promise<unknown>;
  onBack?: () => void;
}

/** The second step of signing in. */
export function FactorForm({ onProof, onPasskey, onBack }: Props) {
  const [proof, setProof] = useState<Proof>({});
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(proof).length === 0) return setFault('Enter the code.');
    setBusy(true);
    setFault(null);
    try {
      await onProof(proof);
    } catch (error) {
      setFault(
        error instanceof ProblemError
          ? factorFault(error)
          : 'The server does not answer. Nothing was lost; try again.',
      );
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FactorField error={fault} onChange={setProof} />
        <Button type="submit" fullWidth loading={isBusy}>
          Sign in
        </Button>
        <PasskeyButton label="Use a passkey instead" onPasskey={onPasskey} />
        {onBack && (
          <Button variant="subtle" color="gray" fullWidth onClick={onBack}>
            Back
          </Button>
        )}
      </Stack>
    </form>
  );
}

export function factorFault(error: ProblemError): string {
  if (error.code === 'bad-second-factor') return 'That is not it, or it was used before. Take the next one.';
  if (error.code === 'second-factor-needed') return 'Enter the code.';
  return error.message;
}
