import { Button } from '@mantine/core';
import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../shell/copy-text.js';
import classes from './factors.module.css';

/** Recovery codes for a lost second factor, shown once. */
export function RecoveryCodes({ codes, onSaved }: { codes: readonly string[]; onSaved: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const text = `${codes.join('\n')}\n`;
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href: url, download: 'postbag-recovery-codes.txt' }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <section className={classes.codes} aria-labelledby="codes-title">
      <h2 className={classes.codesTitle} id="codes-title">
        Keep your recovery codes
      </h2>
      <p role="status">
        Each signs you in once when your second factor is lost. They are not shown again. Print them or store
        them with your passwords.
      </p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          size="xs"
          variant="default"
          leftSection={isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          onClick={() => void copyText(text).then(() => setCopied(true))}
        >
          {isCopied ? 'Copied' : 'Copy all'}
        </Button>
        <Button size="xs" variant="default" leftSection={<Download size={14} aria-hidden />} onClick={save}>
          Save as a file
        </Button>
        <Button size="xs" autoFocus onClick={onSaved}>
          I have kept them
        </Button>
      </div>
    </section>
  );
}
