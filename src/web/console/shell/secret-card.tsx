import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Check, Copy, X } from 'lucide-react';
import { useId, useState } from 'react';
import { copyText } from './copy-text.js';
import classes from './panels.module.css';

interface Props {
  secret: string;
  /** Instructions for using the secret. */
  text: string;
  /** The secret's display name. */
  name?: string;
  /** The noun for it, as used on its button. */
  kind?: 'secret' | 'key';
  onClose: () => void;
}

/** A secret while it can be shown. The server returns it only once. */
export function SecretCard({ secret, text, name = 'Signing secret', kind = 'secret', onClose }: Props) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    copyText(secret).then(
      () => setCopied(true),
      () => (document.getElementById(id) as HTMLInputElement | null)?.select(),
    );
  };
  return (
    <section className={classes.panel} data-kind="good" aria-label={name}>
      <div className={classes.row}>
        <p className={classes.text} role="status">
          {text}
        </p>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`I have kept the ${kind}: close`}
          onClick={onClose}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.secret}>
        <TextInput
          id={id}
          aria-label={name}
          value={secret}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          autoFocus
          leftSection={isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          onClick={copy}
        >
          {isCopied ? 'Copied' : `Copy ${kind}`}
        </Button>
      </div>
    </section>
  );
}
