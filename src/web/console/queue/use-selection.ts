import { useCallback, useEffect, useMemo, useState } from 'react';
import type { QueueItem } from '../api-types.js';
import type { QueueKey } from './queue-cache.js';

/** The comments selected for a bulk decision. The selection is cleared when the list changes. */
export function useSelection(key: QueueKey, items: readonly QueueItem[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setIds(new Set()), [key]);
  const pick = useCallback((commentId: string) => {
    setIds((now) => {
      const next = new Set(now);
      if (!next.delete(commentId)) next.add(commentId);
      return next;
    });
  }, []);
  const unpick = useCallback(() => setIds(new Set()), []);
  // Comments that left the list are no longer selected.
  const picked = useMemo(
    () => new Set(items.map(({ comment }) => comment.id).filter((id) => ids.has(id))),
    [items, ids],
  );
  return { picked, pick, unpick };
}
