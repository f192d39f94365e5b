import type { ApiClient } from '../../kit/api-client.js';
import type { Translate } from '../strings/translate.js';
import type { Session } from '../session.js';

/** The type and key that identify a topic. */
export interface TopicName {
  type: string;
  key: string;
}

/** The portfolio element, as seen by its components. */
export interface PortfolioHost {
  readonly t: Translate;
  readonly lang: string;
  readonly session: Session;
  readonly api: ApiClient;
  /** Asks the page to sign the reader in. */
  signIn(): void;
}

/** The path of a route below the site, such as `/search?q=…`. */
export const sitePath = ({ session }: PortfolioHost, rest: string): string =>
  `/api/v1/sites/${encodeURIComponent(session.host.site)}${rest}`;

/** The path of a topic below `/topics`. */
export const topicPath = ({ type, key }: TopicName): string =>
  `/${encodeURIComponent(type)}/${encodeURIComponent(key)}`;
