import type { ApiClient } from '../../kit/api-client.js';
import type { Translate } from '../strings/translate.js';
import type { Session } from '../session.js';

/** A topic by what names it. */
export interface TopicName {
  type: string;
  key: string;
}

/** The element around the portfolio, as its parts use it. */
export interface PortfolioHost {
  readonly t: Translate;
  readonly lang: string;
  readonly session: Session;
  readonly api: ApiClient;
  /** Asks the page to sign the reader in. */
  signIn(): void;
}

/** Path of the site's routes: `/search?q=…`. */
export const sitePath = ({ session }: PortfolioHost, rest: string): string =>
  `/api/v1/sites/${encodeURIComponent(session.host.site)}${rest}`;

export const topicPath = ({ type, key }: TopicName): string =>
  `/${encodeURIComponent(type)}/${encodeURIComponent(key)}`;
