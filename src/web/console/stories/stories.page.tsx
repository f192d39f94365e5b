import { NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api.js';
import { shortAge } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { MoreButton } from '../shell/more-button.js';
import { useNow } from '../shell/use-now.js';
import { Failed, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { go, hrefOf, Link, useAddress } from '../router.js';
import type { ModerationStory } from '../api-types.js';
import { stateText } from './story-state.js';
import { StoryView } from './story-view.js';

const STATES = [
  { value: '', label: 'All stories' },
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
  { value: 'strict', label: 'Strict mode' },
];
const SEARCH_DEBOUNCE_MS = 250;

/** The list of the site's stories, or a single story if the URL has a `story` parameter. */
export function StoriesPage() {
  const { params } = useAddress();
  const chosen = params.get('story');
  return chosen ? <StoryView key={chosen} storyId={chosen} /> : <StoryList />;
}

function StoryList() {
  const { site } = useConsole();
  const { params } = useAddress();
  const search = useRef<HTMLInputElement>(null);
  const query = params.get('q') ?? '';
  const state = params.get('state') ?? '';
  const [searchText, setSearchText] = useState(query);
  useEffect(() => {
    if (searchText === query) return;
    const href = hrefOf('/stories', { site: site.id, q: searchText, state });
    const timer = setTimeout(() => go(href, { replace: true }), SEARCH_DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [searchText, query, state, site.id]);
  const list = useInfiniteQuery({
    queryKey: ['stories', site.id, query, state],
    queryFn: ({ pageParam, signal }) =>
      api.stories({ site: site.id, q: query, state, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const stories = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      place="stories"
      title="Stories"
      description="Stories with a comment section, newest first, and how many comments wait for a moderator."
      keys={{ f: () => search.current?.focus() }}
      help={[['F', 'Find stories']]}
    >
      <div className={page.filter} role="search">
        <TextInput
          ref={search}
          className={page.wide}
          size="xs"
          label="Find stories"
          placeholder="Part of the title, or the story key"
          value={searchText}
          maxLength={200}
          onChange={(event) => setSearchText(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="State"
          data={STATES}
          value={state}
          onChange={(event) =>
            go(hrefOf('/stories', { site: site.id, q: query, state: event.currentTarget.value }))
          }
        />
      </div>
      {list.isPending && <LoadingRows />}
      {list.isError && <Failed error={list.error} what="The stories" onRetry={() => void list.refetch()} />}
      {list.isSuccess && stories.length === 0 && (
        <div className={page.empty}>
          <h2>{query || state ? 'No matching stories' : 'No stories yet'}</h2>
          <p>
            {query || state
              ? 'Change the search or the state.'
              : 'A story appears here when a reader first opens its page or your systems register it.'}
          </p>
        </div>
      )}
      {stories.length > 0 && (
        <div className={table.ruled} role="region" aria-label="Stories" tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Story</th>
                <th scope="col">State</th>
                <th scope="col" className={table.number}>
                  Comments
                </th>
                <th scope="col" className={table.number}>
                  Waiting
                </th>
                <th scope="col" className={table.number}>
                  Age
                </th>
              </tr>
            </thead>
            <tbody>
              {stories.map((story) => (
                <StoryRow key={story.id} story={story} siteId={site.id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list}>Older stories</MoreButton>
    </Page>
  );
}

function StoryRow({ story, siteId }: { story: ModerationStory; siteId: string }) {
  const now = useNow();
  return (
    <tr>
      <th scope="row">
        <Link href={hrefOf('/stories', { site: siteId, story: story.id })} dir="auto">
          {story.title}
        </Link>
        {story.section && <div className={page.small}>{story.section}</div>}
      </th>
      <td>{stateText(story)}</td>
      <td className={table.number}>{story.comments.toLocaleString()}</td>
      <td className={table.number}>{story.waiting.toLocaleString()}</td>
      <td className={table.number}>{shortAge(story.createdAt, now)}</td>
    </tr>
  );
}
