import { useEffect, useState } from 'preact/hooks';
import type { Portfolio, TopicDetails } from '../../kit/api-types.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import { sitePath, topicPath, type PortfolioHost, type TopicName } from './portfolio-host.js';
import { StoryList } from './story-list.js';

interface TopicViewProps {
  host: PortfolioHost;
  topic: TopicName;
  portfolios: readonly Portfolio[] | null;
  change: (update: (portfolios: Portfolio[]) => Portfolio[]) => void;
}

/** A company or an instrument: the publisher's information, its latest stories and comments. */
export function TopicView({ host, topic, portfolios, change }: TopicViewProps) {
  const { api, lang, t } = host;
  const [details, setDetails] = useState<TopicDetails | null>(null);
  const [failed, setFailed] = useState(false);
  const read = (): void => {
    setFailed(false);
    api
      .get<TopicDetails>(sitePath(host, `/topics${topicPath(topic)}`))
      .then(setDetails, () => setFailed(true));
  };
  useEffect(read, []);

  if (failed)
    return (
      <p class="wrong" role="alert">
        {t('accountFailed')}{' '}
        <button class="link" onClick={read}>
          {t('again')}
        </button>
      </p>
    );
  if (!details)
    return (
      <p class="soft" role="status">
        {t('busy')}
      </p>
    );
  return (
    <article class="details">
      <h3>
        {details.url ? <a href={details.url}>{details.name}</a> : details.name} <span>{details.key}</span>
      </h3>
      {details.facts.length > 0 && (
        <dl>
          {details.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {portfolios && portfolios.length > 0 && (
        <div class="choices">
          {portfolios.map((portfolio) => (
            <Toggle host={host} topic={topic} portfolio={portfolio} change={change} key={portfolio.id} />
          ))}
        </div>
      )}
      <h4>{t('latestStories')}</h4>
      {details.stories.length > 0 ? (
        <StoryList host={host} stories={details.stories} />
      ) : (
        <p class="soft">{t('noStories')}</p>
      )}
      <h4>{t('latestComments')}</h4>
      {details.comments.length > 0 ? (
        <ul role="list" class="stories">
          {details.comments.map(({ author, excerpt, id, publishedAt, story }) => (
            <li key={id}>
              <a class="excerpt" href={`${story.url.split('#')[0]}#postbag-${id}`} dir="auto">
                {excerpt}
              </a>
              <p class="soft">
                {author.name} · {formatTimeAgo(publishedAt, Date.now(), lang)}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p class="soft">{t('noComments')}</p>
      )}
    </article>
  );
}

interface ToggleProps extends Pick<TopicViewProps, 'host' | 'topic' | 'change'> {
  portfolio: Portfolio;
}

/** Adds the topic to a portfolio or removes it. */
function Toggle({ host, topic, portfolio, change }: ToggleProps) {
  const { api, t } = host;
  const [busy, setBusy] = useState(false);
  const [errorMessage, setErrorMessage] = useState('');
  const isIn = portfolio.topics.some(({ type, key }) => type === topic.type && key === topic.key);
  const toggle = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setErrorMessage('');
    const path = `/api/v1/me/portfolios/${portfolio.id}/topics${topicPath(topic)}`;
    try {
      const updated = isIn
        ? await api.request('DELETE', path).then(() => ({
            ...portfolio,
            topics: portfolio.topics.filter(({ type, key }) => type !== topic.type || key !== topic.key),
          }))
        : await api.request<Portfolio>('PUT', path);
      change((all) => all.map((each) => (each.id === updated.id ? updated : each)));
    } catch (error) {
      setErrorMessage((error as Error).message || t('errorAct'));
    }
    setBusy(false);
  };
  return (
    <>
      <button class="second" aria-disabled={busy} onClick={() => void toggle()}>
        {t(isIn ? 'removeFrom' : 'addTo', { name: portfolio.name })}
      </button>
      {errorMessage && (
        <p class="wrong" role="alert">
          {errorMessage}
        </p>
      )}
    </>
  );
}
