import { VisuallyHidden } from '@mantine/core';
import { Check, CircleArrowUp, MessagesSquare, Reply, Star, X } from 'lucide-react';
import { KeyButton } from '../shell/key-button.js';
import type { Person, QueueItem } from '../api-types.js';
import type { DecisionOptions } from './decision-options.js';
import classes from './decision-bar.module.css';
import type { ColleagueDecision } from './use-queue.js';

interface Props {
  choices: DecisionOptions;
  /** Set if someone else decided the comment while it was on screen. */
  settled: ColleagueDecision | undefined;
  onNext: (() => void) | null;
  /** The role on this site is read-only. */
  isReadOnly: boolean;
  /** Why this moderator may not decide the comment; null if they may. */
  barred: QueueItem['barred'];
  /** Another moderator who holds the claim on the comment. */
  holder: Person | null;
  isRejecting: boolean;
  isPicked: boolean;
  /** Undefined unless the list is of published comments, where there is nothing to approve. */
  onTogglePicked: (() => void) | undefined;
  onAnswer: (() => void) | undefined;
  onApprove: () => void;
  onReject: () => void;
  onEscalate: () => void;
  /** Opens the panel that asks a colleague for a second opinion. */
  onOpinion: () => void;
}

const BARRED_TEXTS: Readonly<Record<NonNullable<QueueItem['barred']>, string>> = {
  'own-decision': 'You rejected this comment yourself, so somebody else must decide about the appeal.',
  'strict-story': 'This story is in strict mode. Only the moderators listed for it can decide here.',
};

/** The decision buttons, always in the same place. A decision that does not apply is not shown. */
export function DecisionBar(props: Props) {
  const { choices, settled, isRejecting, onApprove, onReject, onEscalate } = props;
  const icon = { size: 16, strokeWidth: 2.25, 'aria-hidden': true } as const;
  if (settled) {
    return (
      <div className={classes.bar} role="status">
        <p className={classes.settled}>
          {settled.actor.charAt(0).toUpperCase() + settled.actor.slice(1)} {settled.action}{' '}
          {settled.actor === 'It' ? '' : 'this comment '}just now.
        </p>
        {props.onNext && (
          <KeyButton shortcut="j" onClick={props.onNext}>
            Next
          </KeyButton>
        )}
      </div>
    );
  }
  if (props.isReadOnly) {
    return (
      <div className={classes.bar}>
        <p className={classes.readOnly}>
          You can read everything here. To decide, ask an owner or admin for the role of a moderator.
        </p>
      </div>
    );
  }
  if (props.holder) {
    return (
      <div className={classes.bar} role="status">
        <p className={classes.settled}>{props.holder.name} is reading this comment.</p>
        {props.onNext && (
          <KeyButton shortcut="j" onClick={props.onNext}>
            Next
          </KeyButton>
        )}
      </div>
    );
  }
  const escalate = choices.escalate && (
    <KeyButton
      shortcut="e"
      className={classes.escalate}
      title={choices.escalate.label}
      leftSection={<CircleArrowUp {...icon} strokeWidth={1.75} />}
      onClick={onEscalate}
    >
      <span className={classes.escalateLabel}>{choices.escalate.label}</span>
    </KeyButton>
  );
  if (props.barred) {
    return (
      <div className={classes.bar} role="status">
        <p className={classes.settled}>{BARRED_TEXTS[props.barred]}</p>
        {escalate}
        {props.onNext && (
          <KeyButton shortcut="j" onClick={props.onNext}>
            Next
          </KeyButton>
        )}
      </div>
    );
  }
  return (
    <div
      className={classes.bar}
      role="group"
      aria-label="Decide"
      data-long-labels={
        (choices.approve?.label ?? '').length + (choices.reject?.label ?? '').length > 15 || undefined
      }
      data-published={props.onTogglePicked ? true : undefined}
    >
      {choices.approve && (
        <KeyButton
          shortcut="a"
          className={classes.decide}
          leftSection={<Check {...icon} color="var(--pb-published)" />}
          onClick={onApprove}
        >
          {choices.approve.label}
        </KeyButton>
      )}
      {props.onTogglePicked && (
        <KeyButton
          shortcut="i"
          className={classes.decide}
          aria-pressed={props.isPicked}
          title={props.isPicked ? 'Take it out of the editors’ picks' : 'Make it one of the editors’ picks'}
          leftSection={
            <Star {...icon} color="var(--pb-accent-text)" fill={props.isPicked ? 'currentColor' : 'none'} />
          }
          onClick={props.onTogglePicked}
        >
          {props.isPicked ? 'Picked' : 'Pick'}
        </KeyButton>
      )}
      {props.onAnswer && (
        <KeyButton
          shortcut="w"
          className={classes.decide}
          leftSection={<Reply {...icon} color="var(--pb-accent-text)" />}
          onClick={props.onAnswer}
        >
          Answer…
        </KeyButton>
      )}
      {choices.reject && (
        <KeyButton
          shortcut="r"
          className={classes.decide}
          leftSection={<X {...icon} color="var(--pb-rejected)" />}
          onClick={onReject}
          aria-expanded={isRejecting}
        >
          {choices.reject.label}…
        </KeyButton>
      )}
      {escalate}
      {choices.escalate && (
        <KeyButton
          shortcut="2"
          className={classes.escalate}
          title="Second opinion"
          data-icon
          onClick={props.onOpinion}
        >
          <MessagesSquare {...icon} strokeWidth={1.75} />
          <VisuallyHidden>Ask for a second opinion</VisuallyHidden>
        </KeyButton>
      )}
    </div>
  );
}
