import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import type { Reason } from '../api-types.js';
import type { DecisionOption } from './decision-options.js';
import { describeComment } from './decision-store.js';
import type { Leaning } from './opinion-panel.js';
import { patchItems } from './queue-cache.js';
import { undoLatest } from './undo-latest.js';
import type { useQueue } from './use-queue.js';

/** The panel that opens below a comment before it is decided. */
export type Panel = 'reject' | 'opinion';

/** Decides the current comment, requests a second opinion about it, or undoes the last decision. A decided comment is
 * replaced by the next one at once, before the server answers. */
export function useDecisions(queue: ReturnType<typeof useQueue>) {
  const { site, decisions, bulkDecisions } = useConsole();
  const queries = useQueryClient();
  const { current, select } = queue;
  const currentId = current?.comment.id ?? null;
  const [panel, setPanel] = useState<Panel | null>(null);
  const [announcement, setAnnouncement] = useState('');

  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = Date.now();
    setPanel(null);
  }, [currentId]);

  const decide = (choice: DecisionOption | null, reason?: Reason, note?: string) => {
    if (!current || !choice) return;
    select(queue.pickNextId());
    decisions.decide(queue.key, current, choice, {
      shownAt: shownAt.current,
      ...(reason && { reason }),
      ...(note && { note }),
    });
    setPanel(null);
    setAnnouncement(`${choice.undoText}.`);
  };
  const requestOpinion = (leaning: Leaning, note: string) => {
    if (!current) return;
    const { id, revision } = current.comment;
    select(queue.pickNextId());
    setPanel(null);
    api.addOpinion(id, { revision, leaning, ...(note && { note }) }).then(
      (changed) => {
        patchItems(queries, site.id, (item) =>
          item.comment.id === id
            ? { ...item, opinions: changed.opinions, claimants: changed.claimants }
            : item,
        );
        decisions.notify('news', 'Left to a colleague, with your note.');
      },
      (error: unknown) =>
        decisions.notify(
          'failed',
          `${describeComment(current)} was not left to a colleague: ` +
            (error instanceof Error ? error.message : 'something went wrong.'),
          { commentId: id },
        ),
    );
  };
  const undo = () =>
    void undoLatest(decisions, bulkDecisions).then((wasBulk) => {
      if (wasBulk) void queue.refresh();
    });
  return { decide, requestOpinion, undo, panel, setPanel, announcement };
}
