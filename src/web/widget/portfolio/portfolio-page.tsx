import { useEffect, useState } from 'preact/hooks';
import type { Portfolio, Thread, Topic } from '../../kit/api-types.js';
import type { PortfolioHost, TopicName } from './portfolio-host.js';
import { TopicView } from './topic-view.js';
import { SearchResults } from './search-results.js';
import { Portfolios } from './portfolios.js';
import { TopicChips } from './topic-chips.js';

type PortfolioScreen =
  { view: 'home' } | { view: 'topic'; topic: TopicName } | { view: 'search'; query: string };

/** The search field, and below it the results, a topic, or the reader's own lists. */
export function PortfolioPage({
  host,
  topic: requestedTopic,
}: {
  host: PortfolioHost;
  /** Shown instead of the current view when it changes; null for none. */
  topic: TopicName | null;
}) {
  const { api, session, t } = host;
  const [shown, setShown] = useState<PortfolioScreen>({ view: 'home' });
  const [query, setQuery] = useState('');
  const [storyTopics, setStoryTopics] = useState<readonly Topic[]>([]);
  /** Null until they are loaded. */
  const [portfolios, setPortfolios] = useState<Portfolio[] | null>(null);
  const [signedOut, setSignedOut] = useState(false);
  const [failed, setFailed] = useState(false);

  const read = async (): Promise<void> => {
    setFailed(false);
    if (!(await session.current())) return setSignedOut(true);
    setSignedOut(false);
    try {
      setPortfolios((await api.get<{ items: Portfolio[] }>('/api/v1/me/portfolios')).items);
    } catch {
      // If a token was refused and could not be renewed, it is dropped, and nobody is signed in.
      if (await session.current()) setFailed(true);
      else setSignedOut(true);
    }
  };
  useEffect(() => void read(), [session]);
  useEffect(() => {
    if (!session.host.story) return;
    api.get<Thread>(session.path('/comments?limit=1')).then(
      ({ story }) => setStoryTopics(story.topics),
      // A story unknown to the server has no topics.
      () => undefined,
    );
  }, [session]);
  useEffect(() => {
    if (requestedTopic) setShown({ view: 'topic', topic: requestedTopic });
  }, [requestedTopic]);

  const open = (topic: TopicName): void => setShown({ view: 'topic', topic });
  const change = (update: (portfolios: Portfolio[]) => Portfolio[]): void =>
    setPortfolios((current) => update(current ?? []));

  return (
    <>
      <h2>{t('portfolioTitle')}</h2>
      <form
        role="search"
        class="find"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim()) setShown({ view: 'search', query: query.trim() });
        }}
      >
        <label>
          <span>{t('searchLabel')}</span>
          <input
            type="search"
            value={query}
            maxLength={200}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        <button class="main">{t('search')}</button>
      </form>
      {shown.view !== 'home' && (
        <button class="link" onClick={() => setShown({ view: 'home' })}>
          {t('back')}
        </button>
      )}
      {shown.view === 'search' && (
        <SearchResults host={host} query={shown.query} open={open} key={shown.query} />
      )}
      {shown.view === 'topic' && (
        <TopicView
          host={host}
          topic={shown.topic}
          portfolios={portfolios}
          change={change}
          key={`${shown.topic.type}:${shown.topic.key}`}
        />
      )}
      {shown.view === 'home' && (
        <>
          {storyTopics.length > 0 && (
            <section>
              <h3>{t('inThisStory')}</h3>
              <TopicChips topics={storyTopics} open={open} />
            </section>
          )}
          {signedOut ? (
            <section>
              <p>{t('signInPortfolio')}</p>
              <button class="second" onClick={() => host.signIn()}>
                {t('signIn')}
              </button>
            </section>
          ) : (
            portfolios && <Portfolios host={host} portfolios={portfolios} change={change} open={open} />
          )}
          {failed && (
            <p class="wrong" role="alert">
              {t('accountFailed')}{' '}
              <button class="link" onClick={() => void read()}>
                {t('again')}
              </button>
            </p>
          )}
        </>
      )}
    </>
  );
}
