import { Button, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../api.js';
import { shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { Frame } from '../shell/frame.js';
import { HelpModal, type KeyGroup } from '../shell/help-modal.js';
import { useKeys } from '../shell/keys.js';
import { useNow } from '../shell/use-now.js';
import { Failed } from '../shell/page.js';
import { navigationKeys } from '../shell/navigation.js';
import { UndoBar } from '../queue/undo-bar.js';
import { undoLatest } from '../queue/undo-latest.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { ModerationReader } from '../api-types.js';
import { SanctionMark } from './author-record.js';
import { ReaderView } from './reader-view.js';
import classes from './readers.page.module.css';

const STANDING_OPTIONS = [
  { value: '', label: 'Any standing' },
  { value: 'warned', label: 'Warned' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'banned', label: 'Banned' },
  { value: 'pre-moderated', label: 'Pre-moderated' },
  { value: 'trusted', label: 'Trusted' },
];
const SEARCH_DEBOUNCE_MS = 250;
const HELP: readonly KeyGroup[] = [
  {
    title: 'Readers',
    keys: [
      ['F', 'Find readers'],
      ['U', 'Undo a removal, for 30 seconds'],
    ],
  },
];

/** The site's readers: search results on the left, the selected reader on the right. */
export function ReadersPage() {
  const { site, decisions, bulkDecisions } = useConsole();
  const { params } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const bulk = useSyncExternalStore(bulkDecisions.subscribe, bulkDecisions.read);
  const { entries, notices } = useSyncExternalStore(decisions.subscribe, decisions.read);
  const mayUndo = bulk !== null || entries.length > 0;
  const undo = () => void undoLatest(decisions, bulkDecisions);
  const q = params.get('q') ?? '';
  const standing = params.get('standing') ?? '';
  const chosen = params.get('reader');
  const [typed, setTyped] = useState(q);
  const hrefWith = (change: { q?: string; standing?: string; reader?: string | null }) =>
    hrefOf('/readers', { site: site.id, q, standing, reader: chosen, ...change });

  useEffect(() => {
    document.title = `Readers · ${site.name} · Postbag`;
  }, [site.name]);
  useEffect(() => {
    if (typed === q) return;
    const timer = setTimeout(() => go(hrefWith({ q: typed }), { replace: true }), SEARCH_DEBOUNCE_MS);
    return () => clearTimeout(timer);
  });
  useKeys({
    ...navigationKeys(site),
    '?': () => setHelpOpen(true),
    f: () => search.current?.focus(),
    u: mayUndo ? undo : undefined,
  });

  const list = useInfiniteQuery({
    queryKey: ['readers', site.id, q, standing],
    queryFn: ({ pageParam, signal }) =>
      api.readers({ site: site.id, q, standing, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const readers = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const searchKey = `${standing} ${q}`;
  const previousSearch = useRef(searchKey);
  // The selected reader stays selected when the list changes. A new search selects its first result unless the reader
  // is among the results.
  useEffect(() => {
    const [first] = readers;
    if (list.isPlaceholderData || !first) return;
    const isNewSearch = previousSearch.current !== searchKey;
    previousSearch.current = searchKey;
    if (chosen && (!isNewSearch || readers.some(({ id }) => id === chosen))) return;
    go(hrefWith({ reader: first.id }), { replace: true });
  });

  return (
    <Frame active="readers" onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <section className={classes.list} aria-labelledby="readers-title">
          <div className={classes.title}>
            <h1 id="readers-title">Readers</h1>
          </div>
          <div className={classes.search} role="search">
            <TextInput
              ref={search}
              size="xs"
              aria-label="Find readers"
              placeholder="Name, email or id"
              aria-keyshortcuts="F"
              leftSection={<Search size={14} aria-hidden />}
              value={typed}
              maxLength={254}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <NativeSelect
              size="xs"
              aria-label="Standing"
              data={STANDING_OPTIONS}
              value={standing}
              onChange={(event) => go(hrefWith({ standing: event.currentTarget.value }))}
            />
          </div>
          {list.isPending && (
            <div className={classes.waiting}>
              <Skeleton height={14} />
              <Skeleton height={14} width="60%" />
            </div>
          )}
          {list.isError && (
            <Failed error={list.error} what="The readers" onRetry={() => void list.refetch()} />
          )}
          {list.isSuccess && readers.length === 0 && (
            <p className={classes.none}>
              {q || standing
                ? 'Nobody is found by that. Beginnings of words are enough; an id must be whole.'
                : 'Whoever writes the first comment is the first reader here.'}
            </p>
          )}
          {readers.map((reader) => (
            <ReaderLine
              key={reader.id}
              reader={reader}
              href={hrefWith({ reader: reader.id })}
              isShown={reader.id === chosen}
            />
          ))}
          {list.hasNextPage && (
            <Button
              className={classes.more}
              size="xs"
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              More readers
            </Button>
          )}
        </section>
        <section className={classes.view} aria-label="The reader">
          {chosen && (
            <ReaderView key={chosen} readerId={chosen} hrefOfReader={(id) => hrefWith({ reader: id })} />
          )}
        </section>
        {(mayUndo || notices.length > 0) && (
          <div className={classes.footer}>
            <UndoBar
              decisions={decisions}
              bulkDecisions={bulkDecisions}
              onUndo={undo}
              onHelp={() => setHelpOpen(true)}
            />
          </div>
        )}
      </main>
      <HelpModal opened={isHelpOpen} onClose={() => setHelpOpen(false)} groups={HELP} />
    </Frame>
  );
}

function ReaderLine({ reader, href, isShown }: { reader: ModerationReader; href: string; isShown: boolean }) {
  const now = useNow();
  return (
    <Link className={classes.line} href={href} aria-current={isShown ? 'true' : undefined}>
      <span className={classes.name}>
        <b dir="auto">{reader.name}</b>
        <SanctionMark standing={reader.standing} />
      </span>
      <span className={classes.soft}>
        {reader.tier?.name ?? 'No subscription'} · {reader.published.toLocaleString()} published
        {reader.rejected > 0 && ` · ${reader.rejected.toLocaleString()} rejected`} · seen{' '}
        {shortAge(reader.seenAt, now)}
      </span>
    </Link>
  );
}
