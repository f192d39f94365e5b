import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Check, Copy, X } from 'lucide-react';
import { useId, useState } from 'react';
import classes from './panels.module.css';

interface Props {
  secret: string;
  /** What to do with it. */
  text: string;
  onClose: () => void;
}

/** A signing secret while it can be seen: the server shows it this once. */
export function SecretCard({ secret, text, onClose }: Props) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => (document.getElementById(id) as HTMLInputElement | null)?.select(),
    );
  };
  return (
    <section className={classes.panel} data-kind="good" aria-label="Signing secret">
      <div className={classes.row}>
        <p className={classes.text} role="status">
          {text}
        </p>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="I have kept the secret: close"
          onClick={onClose}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.secret}>
        <TextInput
          id={id}
          aria-label="Signing secret"
          value={secret}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          autoFocus
          leftSection={isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          onClick={copy}
        >
          {isCopied ? 'Copied' : 'Copy secret'}
        </Button>
      </div>
    </section>
  );
}
