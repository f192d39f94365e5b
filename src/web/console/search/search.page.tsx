import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { ConversationDrawer } from '../answers/conversation-drawer.js';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { FilterChoice, FilterText, FilterTimes } from '../shell/filter-fields.js';
import { labelName } from '../shell/score-labels.js';
import { MoreButton } from '../shell/more-button.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import classes from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { CommentBody } from '../queue/comment-body.js';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { FoundComment } from '../api-types.js';

const FILTER_NAMES = [
  'q',
  'author',
  'story',
  'status',
  'rule',
  'label',
  'low',
  'high',
  'from',
  'until',
] as const;
type Filter = Record<(typeof FILTER_NAMES)[number], string>;
const STATUSES = ['published', 'held', 'rejected', 'removed', 'pending'] as const;
const LABELS = [
  'refusal',
  'toxicity',
  'severeToxicity',
  'insult',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
  'profanity',
];

const dayStart = (day: string): string | null => (day ? new Date(`${day}T00:00:00`).toISOString() : null);

/** Searches comments of any status. The query is in the URL. */
export function SearchPage() {
  const { site } = useConsole();
  const { params } = useAddress();
  const filter = Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name) ?? ''])) as Filter;
  const [typed, setTyped] = useState(filter);
  // Links can change the search too, so the form is reset to the query in the URL.
  const filterJson = JSON.stringify(filter);
  useEffect(() => setTyped(JSON.parse(filterJson) as Filter), [filterJson]);
  const [open, setOpen] = useState<FoundComment | null>(null);
  const set = (change: Partial<Filter>) => setTyped({ ...typed, ...change });
  const query = {
    ...Object.fromEntries(FILTER_NAMES.map((name) => [name, filter[name] || null])),
    low: filter.label ? filter.low || '0' : null,
    high: filter.label ? filter.high || '1' : null,
    from: dayStart(filter.from),
    until: dayStart(filter.until),
  };
  const results = useInfiniteQuery({
    queryKey: ['search', site.id, query],
    queryFn: ({ pageParam, signal }) => api.search(site.id, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const shown = results.data?.pages.flatMap(({ items }) => items) ?? [];
  const isPartial = results.data?.pages.at(-1)?.isPartial ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(hrefOf('/search', { site: site.id, ...typed }));
  };

  return (
    <Page
      place="search"
      title="Search"
      description="Comments of every state, by their words and by what is known of them."
      keys={{ '/': () => document.getElementById('search-words')?.focus() }}
      help={[['/', 'The words to search for']]}
    >
      <form className={classes.filter} onSubmit={submit} role="search" aria-label="Comments">
        <FilterText
          className={classes.wide}
          id="search-words"
          label="Words"
          placeholder="All of them; beginnings are enough"
          value={typed.q}
          maxLength={200}
          onText={(text) => set({ q: text })}
        />
        <FilterChoice
          label="State"
          value={typed.status}
          data={[{ value: '', label: 'Any' }, ...STATUSES.map((value) => ({ value, label: value }))]}
          onChoice={(value) => set({ status: value })}
        />
        <FilterText
          label="Rule (its key)"
          placeholder="score-insult"
          value={typed.rule}
          onText={(text) => set({ rule: text.trim() })}
        />
        <FilterChoice
          label="Score of"
          value={typed.label}
          data={[
            { value: '', label: 'Any label' },
            ...LABELS.map((value) => ({ value, label: labelName(value) })),
          ]}
          onChoice={(value) => set({ label: value })}
        />
        <FilterText
          label="At least"
          inputMode="decimal"
          placeholder="0"
          disabled={typed.label === ''}
          value={typed.low}
          onText={(text) => set({ low: text.trim() })}
        />
        <FilterText
          label="At most"
          inputMode="decimal"
          placeholder="1"
          disabled={typed.label === ''}
          value={typed.high}
          onText={(text) => set({ high: text.trim() })}
        />
        <FilterText
          label="Author (id)"
          value={typed.author}
          onText={(text) => set({ author: text.trim() })}
        />
        <FilterText
          label="Story (its key)"
          value={typed.story}
          onText={(text) => set({ story: text.trim() })}
        />
        <FilterTimes
          type="date"
          from={{ label: 'From', value: typed.from }}
          until={{ label: 'Before', value: typed.until }}
          onFrom={(from) => set({ from })}
          onUntil={(until) => set({ until })}
        />
        <Button size="xs" type="submit" loading={results.isFetching && !results.isFetchingNextPage}>
          Search
        </Button>
      </form>
      {results.isPending ? (
        <LoadingRows />
      ) : results.isError && shown.length === 0 ? (
        <Failed error={results.error} what="The comments" onRetry={() => void results.refetch()} />
      ) : shown.length === 0 ? (
        <div className={classes.empty} role="status">
          <h2>{isPartial ? 'Nothing among the latest comments' : 'No comment is like that'}</h2>
          <p>
            {isPartial ? 'Older ones have not been looked at yet.' : 'Use fewer words, or widen the filter.'}
          </p>
        </div>
      ) : (
        <div className={table.ruled} role="region" aria-label="Comments that were found" tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Written</th>
                <th scope="col">Comment</th>
                <th scope="col">By</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((comment) => (
                <Row
                  key={comment.commentId}
                  comment={comment}
                  siteId={site.id}
                  onOpen={() => setOpen(comment)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={results}>{isPartial ? 'Look further back' : 'Show older comments'}</MoreButton>
      <ConversationDrawer
        target={open && { commentId: open.commentId, storyId: open.story.id, storyTitle: open.story.name }}
        opened={open !== null}
        onClose={() => setOpen(null)}
      />
    </Page>
  );
}

function Row({ comment, siteId, onOpen }: { comment: FoundComment; siteId: string; onOpen: () => void }) {
  const { settings } = useConsole();
  const { createdAt, excerpt, hidden, author, story, status, rule, scores } = comment;
  const highest = Object.entries(scores)
    .map(([label, value]) => `${labelName(label)} ${value.toFixed(2)}`)
    .join(' · ');
  return (
    <tr>
      <td className={classes.time}>{fullTime(createdAt)}</td>
      <td className={table.words}>
        <button type="button" className={classes.plain} title="What was said around it" onClick={onOpen}>
          <CommentBody body={excerpt} hidden={hidden} isRevealed={!settings.blurSlurs} />
        </button>
        <div className={classes.small}>
          {story.name}
          {highest && ` · ${highest}`}
        </div>
      </td>
      <td>
        <Link
          href={hrefOf('/search', { site: siteId, author: author.id })}
          title={`Only what ${author.name} wrote`}
        >
          {author.name}
        </Link>
      </td>
      <td>
        {status}
        {rule && <div className={classes.small}>{reasonOf(rule, status)}</div>}
      </td>
    </tr>
  );
}

/** A rule's text without its leading status, if that equals the comment's status, which is already shown above. */
function reasonOf(rule: string, status: string): string {
  return rule.startsWith(`${status}: `) ? rule.slice(status.length + 2) : rule;
}
