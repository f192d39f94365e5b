import { Button, Checkbox, SegmentedControl, Skeleton, VisuallyHidden } from '@mantine/core';
import { CornerUpLeft, Eye, Flag, MessagesSquare, Star } from 'lucide-react';
import { memo, useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { shortAge } from '../shell/format-age.js';
import { KeyCap } from '../shell/key-button.js';
import { labelColor, labelName } from '../shell/score-labels.js';
import { useNow } from '../shell/use-now.js';
import { QUEUE_SORTS, type QueueItem, type QueueSort, type QueueState } from '../api-types.js';
import { QUEUE_LABELS } from './decision-options.js';
import { CommentBody } from './comment-body.js';
import classes from './queue-list.module.css';
import type { ColleagueDecision } from './use-queue.js';

const SORT_NAMES: Readonly<Record<QueueSort, string>> = { risk: 'Risk', oldest: 'Oldest', newest: 'Newest' };

interface Props {
  state: QueueState;
  sort: QueueSort;
  onSort: (sort: QueueSort) => void;
  /** The filter bar below the header. */
  filterBar: ReactNode;
  picked: ReadonlySet<string>;
  /** null if the role is read-only. */
  onPick: ((commentId: string) => void) | null;
  onClearSelection: () => void;
  onBulk: (() => void) | null;
  areSlursShown: boolean;
  items: QueueItem[];
  currentId: string | null;
  onSelect: (commentId: string) => void;
  settled: Readonly<Record<string, ColleagueDecision>>;
  myId: string;
  isLoading: boolean;
  hasMore: boolean;
  arrivedCount: number;
  isStale: boolean;
  onRefresh: () => void;
}

/** The queue as a list: excerpt first, then author and age. The current comment is marked. */
export function QueueList(props: Props) {
  const { state, sort, items, currentId } = props;
  const list = useRef<HTMLOListElement>(null);
  const now = useNow();
  const hasUpdates = (props.arrivedCount > 0 || props.isStale) && !props.isLoading;

  // Scrolls the list only if the current comment is out of view.
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    row?.scrollIntoView({ block: 'nearest' });
    if (row && list.current?.contains(document.activeElement)) row.focus({ preventScroll: true });
  }, [currentId]);

  return (
    <section className={classes.list} aria-labelledby="queue-title">
      <div className={classes.head}>
        <h1 className={classes.title} id="queue-title" data-has-updates={hasUpdates || undefined}>
          {QUEUE_LABELS[state]}
        </h1>
        {hasUpdates && (
          <Button
            size="compact-sm"
            data-key="n"
            aria-keyshortcuts="N"
            className={classes.news}
            rightSection={<KeyCap>n</KeyCap>}
            onClick={props.onRefresh}
          >
            {props.arrivedCount > 0 ? `${props.arrivedCount} new` : 'Refresh'}
          </Button>
        )}
        <SegmentedControl
          size="xs"
          aria-label="Order"
          classNames={{ label: classes.order }}
          value={sort}
          onChange={(value) => props.onSort(value)}
          data={QUEUE_SORTS.map((value) => ({ value, label: SORT_NAMES[value] }))}
        />
      </div>
      {props.filterBar}
      <div className={classes.scroll}>
        {props.isLoading ? (
          <ListSkeleton />
        ) : (
          <ol className={classes.rows} ref={list} aria-label={`${QUEUE_LABELS[state]}: comments`}>
            {items.map((item) => (
              <li
                key={item.comment.id}
                className={classes.place}
                data-picked={props.picked.has(item.comment.id) || undefined}
              >
                <Row
                  item={item}
                  isCurrent={item.comment.id === currentId}
                  settled={props.settled[item.comment.id]}
                  myId={props.myId}
                  now={now}
                  areSlursShown={props.areSlursShown}
                  onSelect={props.onSelect}
                />
                {props.onPick && (
                  <Checkbox
                    size="xs"
                    className={classes.pick}
                    checked={props.picked.has(item.comment.id)}
                    onChange={() => props.onPick?.(item.comment.id)}
                    tabIndex={item.comment.id === currentId ? 0 : -1}
                    aria-label={`Select the comment by ${item.author?.name ?? 'a deleted reader'}`}
                  />
                )}
              </li>
            ))}
          </ol>
        )}
        {props.hasMore && !props.isLoading && <Skeleton height={52} mx="sm" my="xs" aria-hidden />}
      </div>
      {props.onBulk && (
        <div className={classes.many}>
          {props.picked.size > 0 && (
            <>
              <span role="status">{props.picked.size.toLocaleString()} selected</span>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onClearSelection}>
                Clear
              </Button>
            </>
          )}
          <Button
            size="compact-sm"
            variant={props.picked.size > 0 ? 'filled' : 'subtle'}
            color={props.picked.size > 0 ? 'accent' : 'gray'}
            className={classes.decideMany}
            data-key="b"
            aria-keyshortcuts="B"
            rightSection={<KeyCap>b</KeyCap>}
            onClick={props.onBulk}
          >
            {props.picked.size > 0 ? 'Decide these…' : 'Decide all…'}
          </Button>
        </div>
      )}
    </section>
  );
}

// Enough for two lines of the narrowest list. Laying out the rest of a long comment would be wasted work.
const EXCERPT_CHARS = 220;

/** Memoised so that only changed rows render again and a decision does not slow down with the length of the list. */
const Row = memo(function Row(props: {
  item: QueueItem;
  isCurrent: boolean;
  settled: ColleagueDecision | undefined;
  myId: string;
  now: number;
  areSlursShown: boolean;
  onSelect: (commentId: string) => void;
}) {
  const { item, settled, now } = props;
  const { comment, author, flags } = item;
  const body = comment.body ?? '';
  const others = item.claimants.filter(({ id }) => id !== props.myId);
  const label = item.topLabels[0];
  return (
    <button
      type="button"
      className={classes.row}
      // A single tab stop; J, K and the arrow keys move within the list.
      tabIndex={props.isCurrent ? 0 : -1}
      aria-current={props.isCurrent ? 'true' : undefined}
      data-settled={settled ? true : undefined}
      onClick={() => props.onSelect(comment.id)}
    >
      <span className={classes.excerpt} dir="auto">
        {body ? (
          <CommentBody
            body={body.slice(0, EXCERPT_CHARS)}
            scores={item.scores}
            hidden={item.hidden}
            only="-"
            isRevealed={props.areSlursShown}
          />
        ) : (
          'No text'
        )}
      </span>
      <span className={classes.meta}>
        {comment.parentId && (
          <span className={classes.sign}>
            <CornerUpLeft size={12} aria-hidden />
            <VisuallyHidden>A reply.</VisuallyHidden>
          </span>
        )}
        <span className={classes.author}>{author?.name ?? 'Deleted reader'}</span>
        {settled ? (
          <span className={classes.outcome}>
            {settled.actor === 'It'
              ? settled.action
              : `${settled.action} by ${settled.actor.replace(/,$/, '')}`}
          </span>
        ) : (
          <>
            {others.length > 0 && (
              <span className={classes.sign} title={`${others.map(({ name }) => name).join(', ')} looking`}>
                <Eye size={13} aria-hidden />
                <VisuallyHidden>
                  {others.map(({ name }) => name).join(', ')} is looking at this.
                </VisuallyHidden>
              </span>
            )}
            {item.opinions.length > 0 && (
              <span className={classes.sign} title="A second opinion is wanted">
                <MessagesSquare size={12} aria-hidden />
                <VisuallyHidden>A second opinion is wanted.</VisuallyHidden>
              </span>
            )}
            {comment.picked && (
              <span className={classes.sign} title="One of the editors’ picks">
                <Star size={12} fill="currentColor" aria-hidden />
                <VisuallyHidden>Picked.</VisuallyHidden>
              </span>
            )}
            {flags.count > 0 && (
              <span className={classes.sign}>
                <Flag size={12} aria-hidden />
                {flags.count}
                <VisuallyHidden> flags.</VisuallyHidden>
              </span>
            )}
            {label && (
              <span className={classes.label} style={{ '--tint': labelColor(label) } as CSSProperties}>
                {labelName(label)}
              </span>
            )}
          </>
        )}
        <span className={classes.age}>{shortAge(item.waitingSince, now)}</span>
      </span>
    </button>
  );
});

function ListSkeleton() {
  return (
    <div className={classes.waiting} role="status">
      <VisuallyHidden>Loading the queue</VisuallyHidden>
      {[92, 78, 85, 60, 88, 70].map((width, i) => (
        <div key={i} className={classes.waitingRow}>
          <Skeleton height={11} width={`${width}%`} />
          <Skeleton height={11} width={`${width - 24}%`} />
          <Skeleton height={8} width="38%" />
        </div>
      ))}
      <p className={classes.slow}>Still loading: the server takes long to answer.</p>
    </div>
  );
}
