import { Button, CloseButton, Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './wellbeing.module.css';

interface Props {
  /** null: never. */
  afterMinutes: number | null;
  isPaused: boolean;
  onPause: (paused: boolean) => void;
}

// Away for so long, one has had a pause.
const A_PAUSE_MS = 5 * 60_000;
const LATER_MS = 10 * 60_000;
const LOOK_EVERY_MS = 15_000;

/** Calls a pause to mind; taking it gives what is in hand to the colleagues. */
export function PauseReminder({ afterMinutes, isPaused, onPause }: Props) {
  const [isDue, setDue] = useState(false);
  const since = useRef(Date.now());
  const active = useRef(Date.now());
  const notBefore = useRef(0);

  useEffect(() => {
    const touch = () => {
      const now = Date.now();
      if (now - active.current > A_PAUSE_MS) since.current = now;
      active.current = now;
    };
    window.addEventListener('keydown', touch, { passive: true });
    window.addEventListener('pointerdown', touch, { passive: true });
    return () => {
      window.removeEventListener('keydown', touch);
      window.removeEventListener('pointerdown', touch);
    };
  }, []);
  useEffect(() => {
    if (afterMinutes === null) {
      setDue(false);
      return;
    }
    const timer = setInterval(() => {
      const now = Date.now();
      const isWorking = now - active.current < A_PAUSE_MS;
      setDue(isWorking && now >= notBefore.current && now - since.current >= afterMinutes * 60_000);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [afterMinutes]);

  const later = () => {
    notBefore.current = Date.now() + LATER_MS;
    setDue(false);
  };
  const goOn = () => {
    since.current = active.current = Date.now();
    setDue(false);
    onPause(false);
  };
  return (
    <>
      {isDue && !isPaused && (
        <aside className={classes.reminder} role="status">
          <p>
            <b>{afterMinutes} minutes without a pause.</b> The queue keeps.
          </p>
          <CloseButton size="sm" aria-label="Not now: in 10 minutes again" onClick={later} />
          <Button size="compact-sm" onClick={() => onPause(true)}>
            Take a pause
          </Button>
        </aside>
      )}
      <Modal
        opened={isPaused}
        onClose={goOn}
        fullScreen
        title="Pause"
        closeButtonProps={{ 'aria-label': 'Go on' }}
        classNames={{ body: classes.pause }}
      >
        <p className={classes.calm}>Look at something far away.</p>
        <p className={classes.soft}>What you had in hand is free for your colleagues meanwhile.</p>
        <Button onClick={goOn} data-autofocus>
          Go on
        </Button>
      </Modal>
    </>
  );
}
