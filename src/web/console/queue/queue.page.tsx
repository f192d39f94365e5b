import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ConversationDrawer } from '../answers/conversation-drawer.js';
import { api } from '../api.js';
import { useConsole, useConsoleListener } from '../shell/console-context.js';
import { Frame } from '../shell/frame.js';
import { HelpModal } from '../shell/help-modal.js';
import { useKeys } from '../shell/keys.js';
import { useCounts } from '../shell/queue-navigation.js';
import { navigationKeys } from '../shell/navigation.js';
import { mayDecide } from '../shell/permissions.js';
import { ReaderPanel } from '../readers/reader-panel.js';
import { useSession } from '../session/session.js';
import type { AuthorView } from '../api-types.js';
import { BulkDialog } from './bulk-dialog.js';
import { decisionOptionsFor, claimantOf, isDecidedState, type DecisionOptions } from './decision-options.js';
import { ContextPanel, safeUrl } from './context-panel.js';
import { DecisionBar } from './decision-bar.js';
import { EndOfQueue } from './end-of-queue.js';
import { FilterBar } from './filter-bar.js';
import { queueSentence } from './filters.js';
import { ItemView } from './item-view.js';
import { OpinionPanel } from './opinion-panel.js';
import { patchItems } from './queue-cache.js';
import { queueHelp } from './queue-help.js';
import { QueueList } from './queue-list.js';
import classes from './queue.page.module.css';
import { Failed, ItemSkeleton } from './queue-screens.js';
import { RejectReasons } from './reject-reasons.js';
import { suggestReason } from './suggest-reason.js';
import { UndoBar } from './undo-bar.js';
import { useDetail } from './use-detail.js';
import { useClaim } from './use-claim.js';
import { usePicking } from './use-picking.js';
import { useSelection } from './use-selection.js';
import { useQueue } from './use-queue.js';
import { useQueueAddress } from './use-queue-address.js';
import { useDecisions } from './use-decisions.js';

const NO_CHOICES: DecisionOptions = { approve: null, reject: null, escalate: null };

/** The moderation screen: the list, the current comment and its context. */
export function QueuePage() {
  const { site, decisions, bulkDecisions, settings, isPaused } = useConsole();
  const { moderator } = useSession();
  const queries = useQueryClient();
  const { state, sort, filter, goTo } = useQueueAddress();
  const queue = useQueue({ site: site.id, state, sort, filter }, moderator.id, settings.severeInARow);
  const { current } = queue;
  const currentId = current?.comment.id ?? null;
  const settled = currentId ? queue.settled[currentId] : undefined;
  const canDecide = mayDecide(site.role);
  const holder = current ? claimantOf(current, moderator.id) : null;
  const choices =
    current && !settled && !holder && canDecide ? decisionOptionsFor(current, state) : NO_CHOICES;

  const { data: reasons } = useQuery({
    queryKey: ['reasons', site.id],
    queryFn: ({ signal }) => api.reasons(site.id, signal),
    staleTime: 300_000,
    select: ({ items }) => items,
  });
  const detail = useDetail(currentId);
  useClaim(settled || !canDecide || isPaused || current?.barred ? null : currentId, (id, claimants) =>
    patchItems(queries, site.id, (item) => (item.comment.id === id ? { ...item, claimants } : item)),
  );

  const { decide, requestOpinion, undo, panel, setPanel, announcement } = useDecisions(queue);
  const isRejecting = panel === 'reject';
  const togglePicked = usePicking(
    state === 'published' && canDecide && !settled && !current?.barred ? current : null,
  );
  const answer = togglePicked && (() => setConversation('answer'));
  const [isRevealed, setRevealed] = useState(!settings.blurSlurs);
  const [isFilterOpen, setFilterOpen] = useState(false);
  const [conversation, setConversation] = useState<'read' | 'answer' | null>(null);
  const [isBulkOpen, setBulkOpen] = useState(false);
  const { picked, pick, unpick } = useSelection(queue.key, queue.items);
  const [withNumbers, setNumbers] = useState(() => localStorage.getItem('pb-numbers') === 'on');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [reader, setReader] = useState<AuthorView | null>(null);
  const [isReaderOpen, setReaderOpen] = useState(false);

  useEffect(() => setRevealed(!settings.blurSlurs), [currentId, settings.blurSlurs]);

  const { select, onArrived, onLeft, markStale } = queue;
  useConsoleListener({
    arrived: onArrived,
    left: (event) => {
      decisions.forget(event.commentId);
      onLeft(event);
    },
    resumed: markStale,
    bulk: markStale,
  });
  useEffect(() => {
    decisions.onReturned = (commentId, from) => {
      if (from === state) select(commentId);
    };
  }, [decisions, select, state]);

  const count = useCounts()?.[state]?.count;
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${queueSentence(state, filter)} · ${site.name} · Postbag`;
  }, [count, state, filter, site.name]);

  const pickCurrent = () => {
    if (!currentId) return;
    pick(currentId);
    queue.move(1);
  };
  const canDecideInBulk = canDecide && queue.items.length > 0 && (picked.size > 0 || !isDecidedState(state));
  const setAndStoreNumbers = (shown: boolean) => {
    setNumbers(shown);
    localStorage.setItem('pb-numbers', shown ? 'on' : 'off');
  };
  const openReader = () => {
    if (!current?.author) return;
    setReader(current.author);
    setReaderOpen(true);
  };
  const openStory = () => {
    const url = current && safeUrl(current.story.url);
    if (url) window.open(url, '_blank', 'noopener,noreferrer');
  };
  const refresh = () => void queue.refresh();

  useKeys({
    ...(panel === null && {
      j: () => queue.move(1),
      k: () => queue.move(-1),
      ArrowDown: () => queue.move(1),
      ArrowUp: () => queue.move(-1),
      r: choices.reject ? () => setPanel('reject') : undefined,
      '2': choices.escalate ? () => setPanel('opinion') : undefined,
      x: canDecide ? pickCurrent : undefined,
      Escape: picked.size > 0 ? unpick : undefined,
    }),
    a: choices.approve ? () => decide(choices.approve) : undefined,
    e: choices.escalate ? () => decide(choices.escalate) : undefined,
    i: togglePicked,
    w: answer,
    u: undo,
    b: canDecideInBulk ? () => setBulkOpen(true) : undefined,
    c: current ? () => setConversation('read') : undefined,
    f: () => setFilterOpen(true),
    p: openReader,
    o: openStory,
    ' ': (event) => scrollText(event.shiftKey),
    s: () => setRevealed((now) => !now),
    v: () => setAndStoreNumbers(!withNumbers),
    n: queue.arrivedCount > 0 || queue.isStale ? refresh : undefined,
    '?': () => setHelpOpen(true),
    ...navigationKeys(site),
  });

  // One column fewer in narrow windows. Keep in sync with the stylesheets.
  const isNarrow = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  const context = current && (
    <ContextPanel
      item={current}
      detail={detail}
      reasons={reasons ?? []}
      onReader={openReader}
      onConversation={() => setConversation('read')}
      isRevealed={isRevealed}
      onReveal={setRevealed}
    />
  );

  const filterBar = (
    <FilterBar
      site={site.id}
      state={state}
      sort={sort}
      filter={filter}
      items={queue.items}
      mayDecide={canDecide}
      isOpen={isFilterOpen}
      onOpen={setFilterOpen}
      onFilter={(next) => goTo({ filter: next })}
    />
  );

  const { query } = queue;
  const isEmpty = query.isSuccess && queue.items.length === 0 && !query.hasNextPage;

  return (
    <Frame active={state} onHelp={() => setHelpOpen(true)}>
      <main className={classes.layout}>
        <VisuallyHidden role="status">{announcement}</VisuallyHidden>
        {query.isError && queue.items.length === 0 ? (
          <Failed error={query.error} isTrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : isEmpty ? (
          <EndOfQueue
            filterBar={filterBar}
            state={state}
            filter={filter}
            arrivedCount={queue.arrivedCount}
            isStale={queue.isStale}
            onRefresh={refresh}
            onClearFilter={() => goTo({ filter: {} })}
          />
        ) : (
          <>
            <QueueList
              state={state}
              sort={sort}
              onSort={(next) => goTo({ sort: next })}
              filterBar={filterBar}
              picked={picked}
              onPick={canDecide ? pick : null}
              onClearSelection={unpick}
              onBulk={canDecideInBulk ? () => setBulkOpen(true) : null}
              areSlursShown={!settings.blurSlurs}
              items={queue.items}
              currentId={currentId}
              onSelect={select}
              settled={queue.settled}
              myId={moderator.id}
              isLoading={query.isPending}
              hasMore={query.hasNextPage}
              arrivedCount={queue.arrivedCount}
              isStale={queue.isStale}
              onRefresh={refresh}
            />
            <div className={classes.current}>
              <div className={classes.scroll} data-scroll>
                {current ? (
                  <ItemView
                    item={current}
                    filter={filter}
                    detail={detail}
                    reasons={reasons ?? []}
                    settled={settled}
                    myId={moderator.id}
                    isRevealed={isRevealed}
                    onReveal={setRevealed}
                    withNumbers={withNumbers}
                    onNumbers={setAndStoreNumbers}
                  />
                ) : (
                  <ItemSkeleton />
                )}
                {isNarrow && context}
              </div>
              {isRejecting && current && choices.reject && (
                <RejectReasons
                  language={current.pageLanguage}
                  verb={choices.reject.label}
                  reasons={reasons ?? []}
                  proposed={suggestReason(current, reasons ?? [])}
                  onDecide={(reason, note) => decide(choices.reject, reason, note)}
                  onClose={() => setPanel(null)}
                />
              )}
              {panel === 'opinion' && choices.escalate && (
                <OpinionPanel onSubmit={requestOpinion} onClose={() => setPanel(null)} />
              )}
              <DecisionBar
                choices={choices}
                settled={settled}
                onNext={queue.items.length > 1 ? () => select(queue.pickNextId()) : null}
                isReadOnly={!canDecide}
                barred={current?.barred ?? null}
                holder={holder}
                isRejecting={isRejecting}
                isPicked={current?.comment.picked ?? false}
                onTogglePicked={togglePicked}
                onAnswer={answer}
                onApprove={() => decide(choices.approve)}
                onReject={() => setPanel(isRejecting ? null : 'reject')}
                onOpinion={() => setPanel(panel === 'opinion' ? null : 'opinion')}
                onEscalate={() => decide(choices.escalate)}
              />
            </div>
            {!isNarrow && <div className={classes.context}>{context}</div>}
          </>
        )}
        <UndoBar
          decisions={decisions}
          bulkDecisions={bulkDecisions}
          onUndo={undo}
          onHelp={() => setHelpOpen(true)}
        />
      </main>
      <ConversationDrawer
        target={
          current && {
            commentId: current.comment.id,
            storyId: current.story.id,
            storyTitle: current.story.title,
          }
        }
        opened={conversation !== null}
        startsAnswer={conversation === 'answer'}
        onClose={() => setConversation(null)}
      />
      <BulkDialog
        opened={isBulkOpen}
        onClose={() => setBulkOpen(false)}
        state={state}
        filter={filter}
        picked={queue.items.filter(({ comment }) => picked.has(comment.id))}
        reasons={reasons ?? []}
        onDecided={() => {
          unpick();
          refresh();
        }}
      />
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} groups={queueHelp(canDecide)} />
      <ReaderPanel
        reader={reader}
        mayDecide={canDecide}
        opened={isReaderOpen}
        onClose={() => setReaderOpen(false)}
        onChanged={(answer) => {
          const changed = { standing: answer.standing, standingUntil: answer.until };
          setReader((now) => now && { ...now, ...changed });
          patchItems(queries, site.id, (item) =>
            item.author?.id === answer.id ? { ...item, author: { ...item.author, ...changed } } : item,
          );
        }}
      />
    </Frame>
  );
}

/** Scrolls a long comment by one page, in whichever element it scrolls. */
function scrollText(isBackwards: boolean): void {
  for (const box of document.querySelectorAll('[data-reading], [data-scroll]')) {
    if (box.scrollHeight <= box.clientHeight + 1) continue;
    box.scrollBy({ top: (isBackwards ? -0.85 : 0.85) * box.clientHeight });
    return;
  }
}
