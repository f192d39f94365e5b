import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import type { QueueItem } from '../api-types.js';
import { useConsole } from '../shell/console-context.js';
import { describeComment } from './decision-store.js';
import { patchItems } from './queue-cache.js';

/**
 * Makes a comment one of the editors' picks, or takes it out of them. It stays in its list, so that a mistake can be
 * corrected; lists of suggestions leave it out when they are next loaded.
 *
 * @param item null: there is nothing to pick
 */
export function usePicking(item: QueueItem | null): (() => void) | undefined {
  const { site, decisions } = useConsole();
  const queries = useQueryClient();
  if (!item) return undefined;
  const { id, picked, pinned } = item.comment;
  const show = (isPicked: boolean) =>
    patchItems(queries, site.id, (each) =>
      each.comment.id === id ? { ...each, comment: { ...each.comment, picked: isPicked } } : each,
    );
  return () => {
    show(!picked);
    api.feature(id, { picked: !picked, pinned }).catch((error: unknown) => {
      show(picked);
      decisions.notify(
        'failed',
        `${describeComment(item)} was not changed: ${error instanceof Error ? error.message : 'something went wrong.'}`,
        { commentId: id },
      );
    });
  };
}
