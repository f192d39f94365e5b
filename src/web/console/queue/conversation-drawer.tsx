import { Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { api } from '../api.js';
import { shortAge } from '../desk/age.js';
import { useNow } from '../desk/now.js';
import type { QueueItem } from '../wire.js';
import classes from './conversation-drawer.module.css';

interface Props {
  item: QueueItem | null;
  opened: boolean;
  onClose: () => void;
}

const STATES: Readonly<Record<string, string>> = {
  pending: 'being checked',
  held: 'held',
  rejected: 'rejected',
  removed: 'removed',
};

/** What was said around the comment, in order, also what readers do not see. */
export function ConversationDrawer({ item, opened, onClose }: Props) {
  const now = useNow();
  const commentId = item?.comment.id ?? null;
  const { data, isError } = useQuery({
    queryKey: ['conversation', commentId],
    queryFn: ({ signal }) => api.conversation(commentId ?? '', signal),
    enabled: opened && commentId !== null,
    staleTime: 10_000,
  });
  return (
    <Drawer
      opened={opened && item !== null}
      onClose={onClose}
      position="right"
      size={520}
      title="Conversation"
      closeButtonProps={{ 'aria-label': 'Close the conversation' }}
    >
      <p className={classes.story}>{item?.story.title}</p>
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
              <time dateTime={turn.createdAt}>{shortAge(turn.createdAt, now)}</time>
              {STATES[turn.status] && <span data-status={turn.status}>{STATES[turn.status]}</span>}
            </p>
            <p className={classes.body} dir="auto">
              {turn.body ?? 'This comment is gone.'}
            </p>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
