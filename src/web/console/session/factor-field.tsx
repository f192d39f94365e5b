import { Anchor, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Proof } from '../api.js';

interface Props {
  error: string | null;
  onChange: (proof: Proof) => void;
}

/** A field for the app's code or, instead, a recovery code. */
export function FactorField({ error, onChange }: Props) {
  const [isRecovery, setRecovery] = useState(false);
  const [value, setValue] = useState('');
  const update = (text: string, recovery: boolean) => {
    setValue(text);
    onChange(text.trim() === '' ? {} : recovery ? { recoveryCode: text.trim() } : { code: text.trim() });
  };
  return (
    <div>
      {isRecovery ? (
        <TextInput
          key="recovery"
          label="Recovery code"
          description="One of the codes that you saved; each works once"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          maxLength={64}
          value={value}
          error={error}
          onChange={(event) => update(event.currentTarget.value, true)}
        />
      ) : (
        <TextInput
          key="app"
          label="Code from your app"
          description="Six digits that change every 30 seconds"
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          data-autofocus
          maxLength={16}
          value={value}
          error={error}
          onChange={(event) => update(event.currentTarget.value, false)}
        />
      )}
      <Anchor
        component="button"
        type="button"
        size="xs"
        mt={4}
        onClick={() => {
          setRecovery(!isRecovery);
          update('', !isRecovery);
        }}
      >
        {isRecovery ? 'Use the code from your app' : 'Use a recovery code instead'}
      </Anchor>
    </div>
  );
}
