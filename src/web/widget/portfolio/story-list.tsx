import type { FoundStory } from '../../kit/api-types.js';
import { formatTimeAgo } from '../strings/time-ago.js';
import type { PortfolioHost } from './portfolio-host.js';

/** Stories with title, publication date and number of commenters. */
export function StoryList({ host, stories }: { host: PortfolioHost; stories: readonly FoundStory[] }) {
  const { lang, t } = host;
  return (
    <ul role="list" class="stories">
      {stories.map(({ id, publishedAt, section, title, total, url }) => (
        <li key={id}>
          <a href={url}>{title}</a>
          <p class="soft">
            {[section, publishedAt && formatTimeAgo(publishedAt, Date.now(), lang), t('total', { n: total })]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
