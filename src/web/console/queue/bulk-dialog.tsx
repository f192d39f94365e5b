import { Button, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { sortByLanguageName, languageName } from '../shell/languages.js';
import type { BulkRequest, QueueFilter, QueueItem, QueueState, Reason } from '../api-types.js';
import classes from './bulk-dialog.module.css';
import { commentCount } from './bulk-decision-store.js';
import { CommentBody } from './comment-body.js';
import { queueSentence } from './filters.js';

interface Props {
  opened: boolean;
  onClose: () => void;
  state: QueueState;
  filter: QueueFilter;
  /** The selected comments; empty: the whole list. */
  picked: readonly QueueItem[];
  reasons: readonly Reason[];
  onDecided: () => void;
}

type Action = BulkRequest['action'];
type ListState = NonNullable<BulkRequest['list']>['state'];

const REJECT_ACTIONS: Readonly<Record<QueueState, Action>> = {
  held: 'reject',
  flagged: 'remove',
  appealed: 'reject',
  escalated: 'reject',
  published: 'remove',
  rejected: 'reject',
};
const ACTION_LABELS: Readonly<Record<Action, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  remove: 'Remove',
  restore: 'Restore',
  escalate: 'Escalate',
};

function actionsOf(state: QueueState): Action[] {
  switch (state) {
    case 'published':
      return ['remove'];
    case 'rejected':
      return ['restore'];
    case 'escalated':
      return ['approve', 'reject'];
    case 'held':
    case 'flagged':
    case 'appealed':
      return ['approve', REJECT_ACTIONS[state], 'escalate'];
  }
}

const SAMPLE_SIZE = 3;
const SAMPLE_CHARS = 120;

/**
 * Applies one decision to the selected comments or the whole list. Shows how many comments it affects, the reason,
 * and the text their authors will receive.
 */
export function BulkDialog(props: Props) {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Decide many"
      size={520}
      centered
      closeButtonProps={{ 'aria-label': 'Close without deciding' }}
    >
      {opened && <Form {...props} />}
    </Modal>
  );
}

function Form({ onClose, state, filter, picked, reasons, onDecided }: Props) {
  const { site, bulkDecisions, settings } = useConsole();
  const actions = actionsOf(state);
  const [action, setAction] = useState<Action>(actions.length > 1 ? actions[1]! : actions[0]!);
  const [code, setCode] = useState(reasons[0]?.code ?? '');
  const [note, setNote] = useState('');
  // One key per dialog, so that a second click does not create a second decision.
  const [idempotencyKey] = useState(() => randomId());
  const isWholeList = picked.length === 0;
  const { data: totalCount } = useQuery({
    queryKey: ['bulk-count', site.id, state, filter],
    queryFn: ({ signal }) => api.count({ ...filter, site: site.id, state }, signal),
    enabled: isWholeList,
    staleTime: 0,
  });
  const count = isWholeList ? totalCount?.count : picked.length;
  const isRejection = action === 'reject' || action === 'remove';
  const reason = reasons.find((candidate) => candidate.code === code);
  const save = useMutation({
    mutationFn: () =>
      bulkDecisions.decide(
        {
          site: site.id,
          action,
          ...(isRejection && reason ? { reason: reason.code } : {}),
          ...(note.trim() ? { note: note.trim() } : {}),
          ...(isWholeList
            ? { list: { state: state as ListState, filter } }
            : {
                comments: picked.map(({ comment }) => ({
                  commentId: comment.id,
                  revision: comment.revision,
                })),
              }),
        },
        idempotencyKey,
      ),
    onSuccess: () => {
      onDecided();
      onClose();
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className={classes.what}>
        <b>{count === undefined ? 'Counting…' : commentCount(count)}</b>
        <span>{isWholeList ? `all of: ${queueSentence(state, filter)}` : 'that you picked'}</span>
      </p>
      {!isWholeList && (
        <ul className={classes.sample}>
          {picked.slice(0, SAMPLE_SIZE).map(({ comment, scores, hidden }) => (
            <li key={comment.id} dir="auto">
              <CommentBody
                body={comment.body?.slice(0, SAMPLE_CHARS) ?? ''}
                scores={scores}
                hidden={hidden}
                only="-"
                isRevealed={!settings.blurSlurs}
              />
            </li>
          ))}
          {picked.length > SAMPLE_SIZE && <li>and {(picked.length - SAMPLE_SIZE).toLocaleString()} more</li>}
        </ul>
      )}
      <SegmentedControl
        aria-label="Decision"
        value={action}
        onChange={(value) => setAction(value)}
        data={actions.map((value) => ({ value, label: ACTION_LABELS[value] }))}
      />
      {isRejection && (
        <>
          <NativeSelect
            label="Reason"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            data={reasons.map(({ code: value, label }) => ({ value, label }))}
          />
          {reason && (
            <div>
              <p className={classes.lead}>Each author will read</p>
              <blockquote className={classes.text} dir="auto">
                {reason.text}
              </blockquote>
              <OtherLanguages reason={reason} />
            </div>
          )}
        </>
      )}
      <TextInput
        label="Note for colleagues"
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p className={classes.lead}>
        Nobody hears of it for 30 seconds: until then U takes all of it back. What a colleague has in hand is
        passed over.
      </p>
      {save.isError && (
        <p className={classes.refused} role="alert">
          {save.error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          color={isRejection ? 'rejected' : 'accent'}
          loading={save.isPending}
          disabled={!count || (isRejection && !reason)}
        >
          {ACTION_LABELS[action]} {count === undefined ? '' : commentCount(Math.min(count, 10_000))}
        </Button>
      </div>
    </form>
  );
}

/** Lists the languages in which authors see a different text from the one shown. */
function OtherLanguages({ reason }: { reason: Reason }) {
  const names = sortByLanguageName(Object.keys(reason.texts)).map(languageName);
  if (names.length === 0) return null;
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return <p className={classes.otherLanguages}>Who wrote on a page in {list} reads it in that language.</p>;
}
