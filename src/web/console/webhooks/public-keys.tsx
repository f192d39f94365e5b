import { ActionIcon } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../shell/copy-text.js';
import classes from './webhooks.module.css';

/** The public keys that receivers use to verify Ed25519 signatures. Unlike secrets, they can be shown at any time. */
export function PublicKeys({ keys }: { keys: readonly string[] }) {
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <section className={classes.keys} aria-label="Public keys">
      <h3>
        {keys.length === 1
          ? 'Public key'
          : 'Public keys, newest first. Accept a signature that matches any of them.'}
      </h3>
      <ul>
        {keys.map((key) => (
          <li key={key}>
            <code>{key}</code>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={copied === key ? 'Copied' : `Copy the key ${key.slice(0, 12)}…`}
              onClick={() => void copyText(key).then(() => setCopied(key))}
            >
              {copied === key ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
