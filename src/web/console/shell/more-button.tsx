import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** The paginated query. */
  readonly list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** The button's label, for example "Show older entries". */
  readonly children: ReactNode;
  /** Set if the list extends to the edges of its frame. */
  readonly isInset?: boolean;
}

/** Loads the next page of a list; renders nothing on the last page. */
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
