import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../shell/copy-text.js';
import classes from './settings.module.css';

const COPIED_MS = 2_000;

/** Code to copy, with a copy button. */
export function Snippet({ name, code }: { name: string; code: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const resetTimer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(resetTimer);
  }, [isCopied]);
  return (
    <div className={classes.code}>
      <pre tabIndex={0} role="region" aria-label={name}>
        {code}
      </pre>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={isCopied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
        aria-label={isCopied ? 'Copied' : `Copy: ${name}`}
        onClick={() =>
          void copyText(code).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
