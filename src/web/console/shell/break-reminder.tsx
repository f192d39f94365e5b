import { Button, CloseButton, Modal } from '@mantine/core';
import { useEffect, useRef, useState, type FocusEvent } from 'react';
import { BreakTimer } from './break-timer.js';
import classes from './break-reminder.module.css';

interface Props {
  /** null: no reminders. */
  afterMinutes: number | null;
  isPaused: boolean;
  onPause: (paused: boolean) => void;
}

const POLL_INTERVAL_MS = 15_000;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('textarea, [contenteditable], input:not([type=checkbox], [type=radio])');

/**
 * Reminds the moderator to take a break. During a break they hold no claims, so colleagues can decide those comments.
 */
export function BreakReminder({ afterMinutes, isPaused, onPause }: Props) {
  const [minutes, setMinutes] = useState<number | null>(null);
  const breakTimer = useRef(new BreakTimer(Date.now())).current;
  const previousFocus = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const recordActivity = (event: Event) =>
      breakTimer.recordActivity(Date.now(), event.type === 'keydown' && isField(event.target));
    window.addEventListener('keydown', recordActivity, { passive: true });
    window.addEventListener('pointerdown', recordActivity, { passive: true });
    return () => {
      window.removeEventListener('keydown', recordActivity);
      window.removeEventListener('pointerdown', recordActivity);
    };
  }, [breakTimer]);
  useEffect(() => {
    if (afterMinutes === null) {
      setMinutes(null);
      return;
    }
    const timer = setInterval(() => {
      const due = breakTimer.minutesSinceBreak(Date.now(), afterMinutes);
      // A reminder that is already shown does not interrupt, so keep it while the moderator types.
      setMinutes((shown) => due ?? (breakTimer.isWriting(Date.now()) ? shown : null));
    }, POLL_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [afterMinutes, breakTimer]);

  const closeReminder = () => {
    setMinutes(null);
    previousFocus.current?.focus();
    previousFocus.current = null;
  };
  const snooze = () => {
    breakTimer.snooze(Date.now());
    closeReminder();
  };
  const resume = () => {
    breakTimer.restart(Date.now());
    onPause(false);
    closeReminder();
  };
  const rememberFocus = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
      previousFocus.current = relatedTarget;
  };
  return (
    <>
      {minutes !== null && !isPaused && (
        <aside className={classes.reminder} role="status" onFocus={rememberFocus}>
          <p>
            <b>{minutes} minutes without a pause.</b> The queue keeps.
          </p>
          <CloseButton size="sm" aria-label="Not now: in 10 minutes again" onClick={snooze} />
          <Button size="compact-sm" onClick={() => onPause(true)}>
            Take a pause
          </Button>
        </aside>
      )}
      <Modal
        opened={isPaused}
        onClose={resume}
        fullScreen
        title="Pause"
        closeButtonProps={{ 'aria-label': 'Go on' }}
        classNames={{ body: classes.pause }}
      >
        <p className={classes.calm}>Look at something far away.</p>
        <p className={classes.soft}>What you had in hand is free for your colleagues meanwhile.</p>
        <Button onClick={resume} data-autofocus>
          Go on
        </Button>
      </Modal>
    </>
  );
}
