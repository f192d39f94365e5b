import { useEffect, useState } from 'preact/hooks';
import type { FoundStory, Page, Topic } from '../../kit/api-types.js';
import { sitePath, type PortfolioHost, type TopicName } from './portfolio-host.js';
import { TopicChips } from './topic-chips.js';
import { StoryList } from './story-list.js';

interface SearchResultsProps {
  host: PortfolioHost;
  query: string;
  open: (topic: TopicName) => void;
}

/** Companies and stories that match the search. */
export function SearchResults({ host, query, open }: SearchResultsProps) {
  const { api, t } = host;
  const [topics, setTopics] = useState<Topic[] | null>(null);
  const [stories, setStories] = useState<FoundStory[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const q = encodeURIComponent(query);

  const read = async (cursor: string | null): Promise<void> => {
    setFailed(false);
    try {
      const cursorQuery = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const [topicPage, storyPage] = await Promise.all([
        cursor ? null : api.get<Page<Topic>>(sitePath(host, `/topics?limit=8&q=${q}`)),
        api.get<Page<FoundStory>>(sitePath(host, `/search?limit=10&q=${q}${cursorQuery}`)),
      ]);
      if (topicPage) setTopics(topicPage.items);
      setStories((loaded) => [...(cursor ? loaded : []), ...storyPage.items]);
      setNext(storyPage.next);
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => void read(null), []);

  return (
    <div aria-live="polite" aria-busy={!topics && !failed}>
      {!topics && !failed && <p class="soft">{t('busy')}</p>}
      {topics?.length === 0 && stories.length === 0 && (
        <p class="soft">{t('nothingFound', { words: query })}</p>
      )}
      {topics && topics.length > 0 && (
        <section>
          <h3>{t('foundTopics')}</h3>
          <TopicChips topics={topics} open={open} />
        </section>
      )}
      {stories.length > 0 && (
        <section>
          <h3>{t('foundStories')}</h3>
          <StoryList host={host} stories={stories} />
          {next && (
            <button class="link" onClick={() => void read(next)}>
              {t('showMore')}
            </button>
          )}
        </section>
      )}
      {failed && (
        <p class="wrong" role="alert">
          {t('accountFailed')}{' '}
          <button class="link" onClick={() => void read(next)}>
            {t('again')}
          </button>
        </p>
      )}
    </div>
  );
}
