import { Button, CloseButton, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { KeyCap } from '../shell/key-button.js';
import { useKeys } from '../shell/keys.js';
import { directionOf, languageName } from '../shell/languages.js';
import type { Reason } from '../api-types.js';
import classes from './reject-reasons.module.css';

interface Props {
  /** The decision's name in this context: Reject, Remove, Keep rejected. */
  verb: string;
  reasons: Reason[];
  /** Index of the preselected reason. */
  proposed: number;
  /** Language of the page the comment was written on, ISO 639-1; null: unknown. */
  language: string | null;
  onDecide: (reason: Reason, note: string) => void;
  onClose: () => void;
}

/** Reasons on keys 1 to 9, each with the text that the author will read. Pressing a number decides at once. */
export function RejectReasons({ verb, reasons, proposed, language, onDecide, onClose }: Props) {
  const shown = reasons.slice(0, 9);
  const [selected, setSelected] = useState<number | null>(null);
  const index = selected ?? (proposed < shown.length ? proposed : 0);
  const [note, setNote] = useState('');
  const panel = useRef<HTMLDivElement>(null);
  const indexAtPress = useRef(-1);
  const chosen = shown[index];
  const localizedText = language === null ? undefined : chosen?.texts[language];

  // Focus moves here so that Tab, Enter and screen readers continue from this panel.
  useEffect(() => {
    const previousFocus = document.activeElement;
    panel.current?.focus();
    return () => {
      if (previousFocus instanceof HTMLElement && previousFocus.isConnected)
        previousFocus.focus({ preventScroll: true });
    };
  }, []);

  const move = (by: number) => setSelected((index + by + shown.length) % Math.max(1, shown.length));
  useKeys({
    ...Object.fromEntries(shown.map((reason, i) => [String(i + 1), () => onDecide(reason, note)] as const)),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    j: () => move(1),
    k: () => move(-1),
    Escape: onClose,
    r: onClose,
  });

  return (
    <div
      className={classes.panel}
      ref={panel}
      tabIndex={-1}
      role="group"
      aria-label={`${verb}: choose a reason`}
      onKeyDown={(event) => {
        const onButton = event.target instanceof HTMLButtonElement;
        if (event.key === 'Enter' && !onButton && chosen) {
          event.preventDefault();
          onDecide(chosen, note);
        } else if (event.key === 'Escape') {
          event.preventDefault();
          onClose();
        }
      }}
    >
      <div className={classes.head}>
        <h3>Reason</h3>
        <CloseButton size="sm" onClick={onClose} aria-label="Close without deciding" />
      </div>
      {shown.length === 0 ? (
        <p className={classes.none}>
          The reasons of this site could not be loaded. Close this and try again.
        </p>
      ) : (
        <div className={classes.choice}>
          <ol className={classes.reasons}>
            {shown.map((reason, i) => (
              <li key={reason.code}>
                <button
                  type="button"
                  className={classes.reason}
                  data-key={String(i + 1)}
                  data-chosen={i === index || undefined}
                  aria-keyshortcuts={String(i + 1)}
                  onMouseEnter={() => setSelected(i)}
                  onFocus={() => setSelected(i)}
                  onPointerDown={() => (indexAtPress.current = index)}
                  onClick={(event) => {
                    // Touch screens have no hover: the first tap shows the text, the second one decides.
                    const isTouch = (event.nativeEvent as PointerEvent).pointerType === 'touch';
                    if (isTouch && indexAtPress.current !== i) setSelected(i);
                    else onDecide(reason, note);
                  }}
                >
                  <KeyCap>{String(i + 1)}</KeyCap>
                  <span>{reason.label}</span>
                </button>
              </li>
            ))}
          </ol>
          <div className={classes.preview}>
            <p className={classes.lead}>
              The author will read{language && localizedText && `, in ${languageName(language)}`}
            </p>
            <blockquote
              className={classes.text}
              aria-live="polite"
              {...(language && localizedText
                ? { lang: language, dir: directionOf(language) }
                : { dir: 'auto' })}
            >
              {localizedText ?? chosen?.text}
            </blockquote>
            <div className={classes.send}>
              <TextInput
                size="sm"
                aria-label="Note for colleagues"
                placeholder="Note for colleagues"
                value={note}
                maxLength={1000}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <Button
                size="sm"
                color="rejected"
                rightSection={<KeyCap>Enter</KeyCap>}
                className={classes.go}
                onClick={() => chosen && onDecide(chosen, note)}
              >
                {verb} and tell the author
              </Button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
