import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { MoreButton } from '../shell/more-button.js';
import { useNow } from '../shell/use-now.js';
import { Failed, LoadingRows } from '../shell/page.js';
import { BlurredText } from '../queue/blurred-text.js';
import type { ReaderRecord } from '../api-types.js';
import classes from './reader-view.module.css';
import { useReasons } from './use-reasons.js';

const STATUSES = [
  { value: '', label: 'All' },
  { value: 'published', label: 'Published' },
  { value: 'held', label: 'Held' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'removed', label: 'Removed' },
];

/** All comments of the person under all their accounts, newest first. */
export function ReaderComments({ record }: { record: ReaderRecord }) {
  const { site } = useConsole();
  const now = useNow();
  const reasons = useReasons(site.id);
  const [status, setStatus] = useState('');
  const { reader, accounts } = record;
  const list = useInfiniteQuery({
    queryKey: ['reader-comments', reader.id, status],
    queryFn: ({ pageParam, signal }) => api.readerComments(reader.id, { status, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SegmentedControl
        className={classes.filter}
        size="xs"
        aria-label="Which comments"
        data={STATUSES}
        value={status}
        onChange={setStatus}
      />
      {list.isPending && <LoadingRows rows={4} />}
      {list.isError && <Failed error={list.error} what="The comments" onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <p className={classes.soft}>There are none.</p>}
      <ul className={classes.comments} role="list">
        {items.map((item) => (
          <li key={item.id}>
            <p dir="auto">
              <BlurredText text={item.body} hidden={item.hidden} />
            </p>
            <span className={classes.meta}>
              <span className={classes.status} data-status={item.status}>
                {item.status}
              </span>
              {item.reason && (
                <span>{reasons.find(({ code }) => code === item.reason)?.label ?? item.reason}</span>
              )}
              {item.rule && <span>{item.rule}</span>}
              {item.flags > 0 && <span>{item.flags === 1 ? '1 flag' : `${item.flags} flags`}</span>}
              {item.readerId !== reader.id && (
                <span>as {accounts.find(({ id }) => id === item.readerId)?.name ?? 'another account'}</span>
              )}
              <a href={item.story.url} target="_blank" rel="noreferrer" dir="auto">
                {item.story.title}
              </a>
              <time dateTime={item.createdAt} title={fullTime(item.createdAt)}>
                {shortAge(item.createdAt, now)}
              </time>
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={list}>Older comments</MoreButton>
    </>
  );
}
