import type { FoundStory } from '../../kit/wire.js';
import { when } from '../strings/when.js';
import type { PortfolioHost } from './host.js';

/** Stories by their titles, with when they appeared and how many wrote about them. */
export function Stories({ host, stories }: { host: PortfolioHost; stories: readonly FoundStory[] }) {
  const { lang, t } = host;
  return (
    <ul role="list" class="stories">
      {stories.map(({ id, publishedAt, section, title, total, url }) => (
        <li key={id}>
          <a href={url}>{title}</a>
          <p class="soft">
            {[section, publishedAt && when(publishedAt, Date.now(), lang), t('total', { n: total })]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
