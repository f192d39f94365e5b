import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { KeyCap } from '../shell/key-button.js';
import type { OpinionRequest } from '../api-types.js';
import classes from './reject-reasons.module.css';

export type Leaning = OpinionRequest['leaning'];

export const LEANING_LABELS: Readonly<Record<Leaning, string>> = {
  approve: 'leans to approve',
  unsure: 'is not sure',
  reject: 'leans to reject',
};

interface Props {
  onSubmit: (leaning: Leaning, note: string) => void;
  onClose: () => void;
}

/** Passes a comment to a colleague together with the moderator's own opinion. */
export function OpinionPanel({ onSubmit, onClose }: Props) {
  const [leaning, setLeaning] = useState<Leaning>('unsure');
  const [note, setNote] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const previousFocus = document.activeElement;
    input.current?.focus();
    return () => {
      if (previousFocus instanceof HTMLElement && previousFocus.isConnected)
        previousFocus.focus({ preventScroll: true });
    };
  }, []);
  return (
    <form
      className={classes.panel}
      aria-label="Ask for a second opinion"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(leaning, note.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={classes.head}>
        <h3>Second opinion</h3>
        <CloseButton size="sm" onClick={onClose} aria-label="Close without asking" />
      </div>
      <div className={classes.preview}>
        <p className={classes.lead}>It stays in the queue for a colleague, with this note:</p>
        <SegmentedControl
          size="xs"
          aria-label="Which way you lean"
          value={leaning}
          onChange={(value) => setLeaning(value)}
          data={[
            { value: 'approve', label: 'I’d approve' },
            { value: 'unsure', label: 'Not sure' },
            { value: 'reject', label: 'I’d reject' },
          ]}
        />
        <div className={classes.send}>
          <TextInput
            ref={input}
            size="sm"
            aria-label="Your question"
            placeholder="Your question"
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button size="sm" type="submit" rightSection={<KeyCap>Enter</KeyCap>} className={classes.go}>
            Leave it to a colleague
          </Button>
        </div>
      </div>
    </form>
  );
}
