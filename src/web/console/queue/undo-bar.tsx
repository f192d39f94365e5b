import { Button, CloseButton } from '@mantine/core';
import { Check, CircleArrowUp, ListChecks, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore, type CSSProperties, type ReactNode } from 'react';
import { KeyButton, KeyCap } from '../shell/key-button.js';
import type { BulkDecisionStore } from './bulk-decision-store.js';
import type { DecisionStore, PendingDecision } from './decision-store.js';
import classes from './undo-bar.module.css';

/**
 * The bar at the bottom: the last decision with its remaining undo time, or the keyboard shortcuts. Its height never
 * changes.
 */
export function UndoBar(props: {
  decisions: DecisionStore;
  bulkDecisions: BulkDecisionStore;
  /** Undoes the newest decision of either kind. */
  onUndo: () => void;
  onHelp: () => void;
}) {
  const { decisions, bulkDecisions, onUndo, onHelp } = props;
  const bulk = useSyncExternalStore(bulkDecisions.subscribe, bulkDecisions.read);
  const { entries, notices } = useSyncExternalStore(decisions.subscribe, decisions.read);
  const last = entries.at(-1);

  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => decisions.expire(), Math.max(0, last.until - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [last, decisions]);

  useEffect(() => {
    if (!bulk) return;
    const timer = setTimeout(() => bulkDecisions.expire(), Math.max(0, bulk.until - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [bulk, bulkDecisions]);

  return (
    <footer className={classes.footer}>
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
      {bulk && bulk.at > (last?.at ?? 0) ? (
        <UndoEntry key={bulk.id} at={bulk.at} until={bulk.until} onUndo={onUndo}>
          <ListChecks size={15} strokeWidth={2.25} aria-hidden />
          <span className={classes.what}>
            <b>{bulk.label}</b>
            <span className={classes.whose}> · nobody is notified before the time is up</span>
          </span>
        </UndoEntry>
      ) : last ? (
        <Decided key={last.id} entry={last} more={entries.length - 1} onUndo={onUndo} />
      ) : (
        <Keys onHelp={onHelp} />
      )}
    </footer>
  );
}

const ICONS = { approve: Check, restore: Check, reject: X, remove: X, escalate: CircleArrowUp } as const;

function Decided({ entry, more, onUndo }: { entry: PendingDecision; more: number; onUndo: () => void }) {
  const Icon = ICONS[entry.choice.action];
  return (
    <UndoEntry
      at={entry.at}
      until={entry.until}
      isSaving={entry.state === 'saving'}
      note={more > 0 ? `and ${more} before it` : null}
      onUndo={onUndo}
    >
      <Icon size={15} strokeWidth={2.25} aria-hidden />
      <span className={classes.what}>
        <b>{entry.choice.undoText}</b>
        {entry.reason && ` · ${entry.reason.label}`}
        <span className={classes.whose}> · {entry.item.author?.name ?? 'Deleted reader'}</span>
      </span>
    </UndoEntry>
  );
}

/** The decision, its remaining undo time and the undo button. */
function UndoEntry(props: {
  at: number;
  until: number;
  isSaving?: boolean;
  note?: string | null;
  onUndo: () => void;
  children: ReactNode;
}) {
  const { at, until } = props;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  // Starts the countdown bar at the elapsed time, so that returning from another screen does not restart it.
  const [elapsedMs] = useState(() => Date.now() - at);
  const countdownStyle = {
    animationDuration: `${until - at}ms`,
    animationDelay: `-${elapsedMs}ms`,
  } as CSSProperties;
  return (
    <div className={classes.decided}>
      <span className={classes.countdown} style={countdownStyle} aria-hidden />
      {props.children}
      {props.isSaving && now - at > 1200 && <span className={classes.soft}>Saving…</span>}
      {props.note && <span className={classes.soft}>{props.note}</span>}
      <span className={classes.seconds} aria-hidden>
        {seconds} s
      </span>
      <KeyButton shortcut="u" size="compact-sm" onClick={props.onUndo}>
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
        <KeyCap>c</KeyCap> conversation
      </span>
      <span aria-hidden>
        <KeyCap>f</KeyCap> filter
      </span>
      <span aria-hidden>
        <KeyCap>x</KeyCap> select
      </span>
      <button type="button" className={classes.help} onClick={onHelp}>
        <KeyCap>?</KeyCap> all keys
      </button>
    </div>
  );
}
