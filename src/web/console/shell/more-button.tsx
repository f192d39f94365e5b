import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** What reads a list page by page. */
  readonly list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** What comes next, in words: "Show older entries". */
  readonly children: ReactNode;
  /** Where the list reaches the edges of its frame. */
  readonly isInset?: boolean;
}

/** Below a list: its next page, for as long as there is one. */
export function MoreButton({ list, children, isInset }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <Button
        size="xs"
        variant="subtle"
        m={isInset ? 'sm' : 0}
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {children}
      </Button>
    </div>
  );
}
