import { Button, CloseButton } from '@mantine/core';
import { Check, CircleArrowUp, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { KeyButton, KeyCap } from '../desk/key-button.js';
import type { DecisionDesk, Entry } from './decision-desk.js';
import classes from './undo-bar.module.css';

/** The strip at the foot: what was decided last and its seconds, else the keys. It never changes height. */
export function UndoBar({ decisions, onHelp }: { decisions: DecisionDesk; onHelp: () => void }) {
  const { entries, notices } = useSyncExternalStore(decisions.subscribe, decisions.read);
  const last = entries.at(-1);

  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => decisions.expire(), Math.max(0, last.until - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [last, decisions]);

  return (
    <footer className={classes.foot}>
      <div className={classes.notices} role="status">
        {notices.map((notice) => (
          <div key={notice.id} className={classes.notice} data-kind={notice.kind}>
            <span>{notice.text}</span>
            <CloseButton size="sm" onClick={() => decisions.dismiss(notice.id)} aria-label="Dismiss" />
            {notice.retry && (
              <Button size="compact-sm" variant="default" onClick={notice.retry}>
                Try again
              </Button>
            )}
          </div>
        ))}
      </div>
      {last ? (
        <Decided key={last.id} entry={last} more={entries.length - 1} onUndo={() => void decisions.undo()} />
      ) : (
        <Keys onHelp={onHelp} />
      )}
    </footer>
  );
}

const SIGNS = { approve: Check, restore: Check, reject: X, remove: X, escalate: CircleArrowUp } as const;

function Decided({ entry, more, onUndo }: { entry: Entry; more: number; onUndo: () => void }) {
  const Sign = SIGNS[entry.choice.action];
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((entry.until - now) / 1000));
  // The line starts where the time is: coming back from another screen does not give it 30 s anew.
  const [passed] = useState(() => Date.now() - entry.at);
  const running = {
    animationDuration: `${entry.until - entry.at}ms`,
    animationDelay: `-${passed}ms`,
  } as CSSProperties;
  return (
    <div className={classes.decided}>
      <span className={classes.running} style={running} aria-hidden />
      <Sign size={15} strokeWidth={2.25} aria-hidden />
      <span className={classes.what}>
        <b>{entry.choice.done}</b>
        {entry.reason && ` · ${entry.reason.label}`}
        <span className={classes.whose}> · {entry.item.author?.name ?? 'Deleted reader'}</span>
      </span>
      {entry.state === 'saving' && now - entry.at > 1200 && <span className={classes.soft}>Saving…</span>}
      {more > 0 && <span className={classes.soft}>and {more} before it</span>}
      <span className={classes.seconds} aria-hidden>
        {seconds} s
      </span>
      <KeyButton shortcut="u" size="compact-sm" onClick={onUndo}>
        Undo
      </KeyButton>
    </div>
  );
}

function Keys({ onHelp }: { onHelp: () => void }) {
  return (
    <div className={classes.keys}>
      <span aria-hidden>
        <KeyCap>j</KeyCap> <KeyCap>k</KeyCap> next, back
      </span>
      <span aria-hidden>
        <KeyCap>p</KeyCap> reader
      </span>
      <span aria-hidden>
        <KeyCap>o</KeyCap> story
      </span>
      <button type="button" className={classes.help} onClick={onHelp}>
        <KeyCap>?</KeyCap> all keys
      </button>
    </div>
  );
}
