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
  target: { commentId: string; storyId: string; storyTitle: string } | null;
  opened: boolean;
  /** Opens the form for an answer to the given comment at once. */
  startsAnswer?: boolean;
  onClose: () => void;
}

const STATUS_LABELS: Readonly<Record<string, string>> = {
  pending: 'being checked',
  held: 'held',
  rejected: 'rejected',
  removed: 'removed',
};

/** The comments around the given one, in order, including those that readers do not see. */
export function ConversationDrawer({ target, opened, startsAnswer = false, onClose }: Props) {
  const now = useNow();
  const { site } = useConsole();
  const commentId = target?.commentId ?? null;
  const [answering, setAnswering] = useState<string | null>(null);
  // The comment whose answer form was closed last. Focus returns to its button.
  const [answered, setAnswered] = useState<string | null>(null);
  useEffect(() => {
    setAnswering(startsAnswer ? commentId : null);
    setAnswered(null);
  }, [commentId, opened, startsAnswer]);
  const endAnswer = (messageId: string) => {
    setAnswering(null);
    setAnswered(messageId);
  };
  const { data, isError, refetch } = useQuery({
    queryKey: ['conversation', commentId],
    queryFn: ({ signal }) => api.conversation(commentId ?? '', signal),
    enabled: opened && commentId !== null,
    staleTime: 10_000,
  });
  return (
    <Drawer
      opened={opened && target !== null}
      onClose={onClose}
      position="right"
      size={520}
      title="Conversation"
      closeButtonProps={{ 'aria-label': 'Close the conversation' }}
    >
      <p className={classes.story}>{target?.storyTitle}</p>
      {isError && <p role="alert">The conversation could not be loaded. Close this and try again.</p>}
      {!data && !isError && <Skeleton height={80} />}
      <ol className={classes.turns}>
        {data?.items.map((message) => (
          <li
            key={message.id}
            className={classes.turn}
            style={{ '--depth': Math.min(message.depth, 4) } as CSSProperties}
            aria-current={message.id === commentId ? 'true' : undefined}
          >
            <p className={classes.who}>
              <b>{message.author?.name ?? 'Deleted reader'}</b>
              {message.writtenBy && <span>written by {message.writtenBy.name}</span>}
              <time dateTime={message.createdAt}>{shortAge(message.createdAt, now)}</time>
              {STATUS_LABELS[message.status] && (
                <span data-status={message.status}>{STATUS_LABELS[message.status]}</span>
              )}
            </p>
            <p className={classes.body} dir="auto">
              {message.body === null ? (
                'This comment was deleted.'
              ) : (
                <BlurredText text={message.body} hidden={message.hidden} />
              )}
            </p>
            {target && answering === message.id ? (
              <AnswerForm
                storyId={target.storyId}
                parentId={message.id}
                onSent={() => {
                  endAnswer(message.id);
                  void refetch();
                }}
                onClose={() => endAnswer(message.id)}
              />
            ) : (
              message.status === 'published' &&
              mayDecide(site.role) && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  className={classes.answer}
                  autoFocus={message.id === answered}
                  aria-label={`Answer as ${site.name}, to ${message.author?.name ?? 'this comment'}`}
                  onClick={() => setAnswering(message.id)}
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
