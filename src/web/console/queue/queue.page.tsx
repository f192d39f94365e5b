import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ProblemError } from '../api.js';
import { useDesk, useDeskListener } from '../desk/desk.js';
import { Frame } from '../desk/frame.js';
import { HelpModal } from '../desk/help-modal.js';
import { useKeys } from '../desk/keys.js';
import { useCounts } from '../desk/queue-nav.js';
import { placeKeys } from '../desk/places.js';
import { mayDecide } from '../desk/roles.js';
import { ReaderPanel } from '../readers/reader-panel.js';
import { go, hrefOf, useAddress } from '../router.js';
import { useSession } from '../session/session.js';
import {
  QUEUE_SORTS,
  QUEUE_STATES,
  type AuthorView,
  type QueueSort,
  type QueueState,
  type Reason,
} from '../wire.js';
import { choicesFor, holderOf, isLately, QUEUE_NAMES, type Choice, type Choices } from './choices.js';
import { ContextPanel, safeUrl } from './context-panel.js';
import { DecisionBar } from './decision-bar.js';
import { EndOfQueue } from './end-of-queue.js';
import { ItemView } from './item-view.js';
import { patchItems } from './queue-cache.js';
import { QueueList } from './queue-list.js';
import classes from './queue.page.module.css';
import { RejectReasons } from './reject-reasons.js';
import { UndoBar } from './undo-bar.js';
import { useDetail } from './use-detail.js';
import { useLooking } from './use-looking.js';
import { useQueue } from './use-queue.js';

const NO_CHOICES: Choices = { approve: null, reject: null, escalate: null };

/** The desk: the list, the comment in hand, what stands around it. */
export function QueuePage() {
  const { site, decisions } = useDesk();
  const { moderator } = useSession();
  const { params } = useAddress();
  const queries = useQueryClient();
  const state = QUEUE_STATES.find((name) => name === params.get('state')) ?? 'held';
  const sort =
    QUEUE_SORTS.find((name) => name === params.get('sort')) ?? (isLately(state) ? 'newest' : 'risk');

  const queue = useQueue(site.id, state, sort, moderator.id);
  const { current } = queue;
  const currentId = current?.comment.id ?? null;
  const settled = currentId ? queue.settled[currentId] : undefined;
  const decides = mayDecide(site.role);
  const holder = current ? holderOf(current, moderator.id) : null;
  const choices = current && !settled && !holder && decides ? choicesFor(current, state) : NO_CHOICES;

  const { data: reasons } = useQuery({
    queryKey: ['reasons', site.id],
    queryFn: ({ signal }) => api.reasons(site.id, signal),
    staleTime: 300_000,
    select: ({ items }) => items,
  });
  const detail = useDetail(currentId);
  useLooking(settled || !decides ? null : currentId, (lookingAt) =>
    patchItems(queries, site.id, (item) => (item.comment.id === currentId ? { ...item, lookingAt } : item)),
  );

  const [isRejecting, setRejecting] = useState(false);
  const [isRevealed, setRevealed] = useState(false);
  const [withNumbers, setNumbers] = useState(() => localStorage.getItem('pb-numbers') === 'on');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [reader, setReader] = useState<AuthorView | null>(null);
  const [isReaderOpen, setReaderOpen] = useState(false);
  const [said, setSaid] = useState('');

  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = Date.now();
    setRejecting(false);
    setRevealed(false);
  }, [currentId]);

  const goTo = useCallback(
    (to: { state?: QueueState; sort?: QueueSort }) => {
      const next = to.state ?? state;
      go(hrefOf('/', { site: site.id, state: next === 'held' ? null : next, sort: to.sort ?? null }));
    },
    [site.id, state],
  );

  const { select, onArrived, onLeft, markBehind } = queue;
  useDeskListener({ arrived: onArrived, left: onLeft, resumed: markBehind });
  useEffect(() => {
    decisions.onReturned = (commentId, from) => {
      if (from === state) select(commentId);
    };
  }, [decisions, select, state]);

  const count = useCounts()?.[state]?.count;
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${QUEUE_NAMES[state]} · ${site.name} · Postbag`;
  }, [count, state, site.name]);

  const decide = (choice: Choice | null, reason?: Reason, note?: string) => {
    if (!current || !choice) return;
    select(queue.following());
    decisions.decide(queue.key, current, choice, {
      shownAt: shownAt.current,
      ...(reason && { reason }),
      ...(note && { note }),
    });
    setRejecting(false);
    setSaid(`${choice.done}.`);
  };
  const setNumbersKept = (shown: boolean) => {
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
    ...(!isRejecting && {
      j: () => queue.move(1),
      k: () => queue.move(-1),
      ArrowDown: () => queue.move(1),
      ArrowUp: () => queue.move(-1),
      r: choices.reject ? () => setRejecting(true) : undefined,
    }),
    a: choices.approve ? () => decide(choices.approve) : undefined,
    e: choices.escalate ? () => decide(choices.escalate) : undefined,
    u: () => void decisions.undo(),
    p: openReader,
    o: openStory,
    ' ': (event) => readOn(event.shiftKey),
    s: () => setRevealed((now) => !now),
    v: () => setNumbersKept(!withNumbers),
    n: queue.arrivedCount > 0 || queue.isBehind ? refresh : undefined,
    '?': () => setHelpOpen(true),
    ...placeKeys(site),
  });

  // One column less where the window is narrow: the same width as in the stylesheets.
  const isNarrow = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  const context = current && (
    <ContextPanel item={current} detail={detail} reasons={reasons ?? []} onReader={openReader} />
  );

  const { query } = queue;
  const isEmpty = query.isSuccess && queue.items.length === 0 && !query.hasNextPage;

  return (
    <Frame active={state} onHelp={() => setHelpOpen(true)}>
      <main className={classes.desk}>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
        {query.isError && queue.items.length === 0 ? (
          <Failed error={query.error} isTrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : isEmpty ? (
          <EndOfQueue state={state} arrivedCount={queue.arrivedCount} onRefresh={refresh} />
        ) : (
          <>
            <QueueList
              state={state}
              sort={sort}
              onSort={(next) => goTo({ sort: next })}
              items={queue.items}
              currentId={currentId}
              onSelect={select}
              settled={queue.settled}
              myId={moderator.id}
              isLoading={query.isPending}
              hasMore={query.hasNextPage}
              arrivedCount={queue.arrivedCount}
              isBehind={queue.isBehind}
              onRefresh={refresh}
            />
            <div className={classes.hand}>
              <div className={classes.scroll} data-scroll>
                {current ? (
                  <ItemView
                    item={current}
                    detail={detail}
                    reasons={reasons ?? []}
                    settled={settled}
                    myId={moderator.id}
                    isRevealed={isRevealed}
                    onReveal={setRevealed}
                    withNumbers={withNumbers}
                    onNumbers={setNumbersKept}
                  />
                ) : (
                  <WaitingItem />
                )}
                {isNarrow && context}
              </div>
              {isRejecting && choices.reject && (
                <RejectReasons
                  verb={choices.reject.label}
                  reasons={reasons ?? []}
                  onDecide={(reason, note) => decide(choices.reject, reason, note)}
                  onClose={() => setRejecting(false)}
                />
              )}
              <DecisionBar
                choices={choices}
                settled={settled}
                onNext={queue.items.length > 1 ? () => select(queue.following()) : null}
                isReadOnly={!decides}
                holder={holder}
                isRejecting={isRejecting}
                onApprove={() => decide(choices.approve)}
                onReject={() => setRejecting(!isRejecting)}
                onEscalate={() => decide(choices.escalate)}
              />
            </div>
            {!isNarrow && <div className={classes.beside}>{context}</div>}
          </>
        )}
        <UndoBar decisions={decisions} onHelp={() => setHelpOpen(true)} />
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <ReaderPanel
        reader={reader}
        mayDecide={decides}
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

/** Turns the page of a long comment, in whichever place it scrolls. */
function readOn(back: boolean): void {
  for (const box of document.querySelectorAll('[data-reading], [data-scroll]')) {
    if (box.scrollHeight <= box.clientHeight + 1) continue;
    box.scrollBy({ top: (back ? -0.85 : 0.85) * box.clientHeight });
    return;
  }
}

function WaitingItem() {
  return (
    <div className={classes.waiting} aria-hidden>
      <Skeleton height={12} width="34%" />
      <Skeleton height={14} mt="lg" />
      <Skeleton height={14} mt="sm" width="94%" />
      <Skeleton height={14} mt="sm" width="62%" />
    </div>
  );
}

function Failed(props: { error: Error; isTrying: boolean; onRetry: () => void }) {
  const refused = props.error instanceof ProblemError ? props.error : null;
  return (
    <section className={classes.failed} role="alert">
      <h1>{refused ? 'The queue could not be opened' : 'The server does not answer'}</h1>
      <p>
        {refused
          ? refused.message
          : 'What you decided up to here is saved. Check the connection; the queue opens as soon as the server is back.'}
      </p>
      {refused?.body.requestId && <p className={classes.request}>Request {refused.body.requestId}</p>}
      <Button loading={props.isTrying} onClick={props.onRetry}>
        Try again
      </Button>
    </section>
  );
}
