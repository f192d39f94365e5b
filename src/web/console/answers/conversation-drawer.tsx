import { Button, Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type CSSProperties } from 'react';
import { api } from '../api.js';
import { shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { mayDecide } from '../shell/permissions.js';
import { BlurredText } from '../queue/blurred-text.js';
import { AnswerForm } from './answer-form.js';
import classes from './conversation-drawer.module.css';

interface Props {
  /** The comment whose conversation is shown, and its story. */
  about: { commentId: string; storyId: string; storyTitle: string } | null;
  opened: boolean;
  onClose: () => void;
}

const STATES: Readonly<Record<string, string>> = {
  pending: 'being checked',
  held: 'held',
  rejected: 'rejected',
  removed: 'removed',
};

/** The comments around the given one, in order, including those that readers do not see. */
export function ConversationDrawer({ about, opened, onClose }: Props) {
  const now = useNow();
  const { site } = useConsole();
  const commentId = about?.commentId ?? null;
  const [answering, setAnswering] = useState<string | null>(null);
  // The comment that was answered last: focus returns to its button.
  const [answered, setAnswered] = useState<string | null>(null);
  useEffect(() => {
    setAnswering(null);
    setAnswered(null);
  }, [commentId, opened]);
  const endAnswer = (turn: string) => {
    setAnswering(null);
    setAnswered(turn);
  };
  const { data, isError, refetch } = useQuery({
    queryKey: ['conversation', commentId],
    queryFn: ({ signal }) => api.conversation(commentId ?? '', signal),
    enabled: opened && commentId !== null,
    staleTime: 10_000,
  });
  return (
    <Drawer
      opened={opened && about !== null}
      onClose={onClose}
      position="right"
      size={520}
      title="Conversation"
      closeButtonProps={{ 'aria-label': 'Close the conversation' }}
    >
      <p className={classes.story}>{about?.storyTitle}</p>
      {isError && <p role="alert">The conversation could not be loaded. Close this and try again.</p>}
      {!data && !isError && <Skeleton height={80} />}
      <ol className={classes.turns}>
        {data?.items.map((turn) => (
          <li
            key={turn.id}
            className={classes.turn}
            style={{ '--depth': Math.min(turn.depth, 4) } as CSSProperties}
            aria-current={turn.id === commentId ? 'true' : undefined}
          >
            <p className={classes.who}>
              <b>{turn.author?.name ?? 'Deleted reader'}</b>
              {turn.writtenBy && <span>written by {turn.writtenBy.name}</span>}
              <time dateTime={turn.createdAt}>{shortAge(turn.createdAt, now)}</time>
              {STATES[turn.status] && <span data-status={turn.status}>{STATES[turn.status]}</span>}
            </p>
            <p className={classes.body} dir="auto">
              {turn.body === null ? (
                'This comment is gone.'
              ) : (
                <BlurredText text={turn.body} hidden={turn.hidden} />
              )}
            </p>
            {about && answering === turn.id ? (
              <AnswerForm
                storyId={about.storyId}
                parentId={turn.id}
                onSent={() => {
                  endAnswer(turn.id);
                  void refetch();
                }}
                onClose={() => endAnswer(turn.id)}
              />
            ) : (
              turn.status === 'published' &&
              mayDecide(site.role) && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  className={classes.answer}
                  autoFocus={turn.id === answered}
                  aria-label={`Answer as ${site.name}, to ${turn.author?.name ?? 'this comment'}`}
                  onClick={() => setAnswering(turn.id)}
                >
                  Answer as {site.name}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
