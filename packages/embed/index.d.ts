/** Why the reader may not act, and what would help. The detail of `postbag:signin` and `postbag:upgrade`. */
export interface PostbagRefusal {
  allowed: false;
  code:
    | 'signed-out'
    | 'tier-required'
    | 'entitlement-ended'
    | 'quota-exceeded'
    | 'suspended'
    | 'banned'
    | 'story-closed';
  /** Message for the reader. Comments send it in English, a portfolio in the language of the page. */
  message: string;
  requiredTier?: { key: string; name: string };
  /** Where to sign in, subscribe or renew. */
  url?: string;
  /** Seconds to wait before trying again. */
  retryAfter?: number;
}

/** A comment as the API returns it. `GET /api/openapi.json` describes every member. */
export interface PostbagComment {
  id: string;
  storyId: string;
  parentId: string | null;
  author: {
    id: string;
    name: string;
    picture: string | null;
    tier: { key: string; name: string } | null;
    role: 'reader' | 'staff' | 'author';
  } | null;
  body: string | null;
  html: string | null;
  status: 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';
  revision: number;
  createdAt: string;
  publishedAt: string | null;
  editedAt: string | null;
  replyCount: number;
  reactions: Record<string, number>;
  picked: boolean;
  pinned: boolean;
}

export interface PostbagEvents {
  /** The first comments are displayed. */
  'postbag:ready': CustomEvent<{ total: number }>;
  /** A reader wants to sign in. Call `preventDefault()` to stop the element from navigating to `detail.url`. */
  'postbag:signin': CustomEvent<PostbagRefusal>;
  /**
   * A reader wants to subscribe or renew. Call `preventDefault()` to stop the element from navigating to
   * `detail.url`.
   */
  'postbag:upgrade': CustomEvent<PostbagRefusal>;
  /** A comment was accepted and is being checked. */
  'postbag:submit': CustomEvent<{ comment: PostbagComment }>;
  /** The comment was published while the page was open. */
  'postbag:publish': CustomEvent<{ comment: PostbagComment }>;
}

/** The attributes of `<postbag-comments>`. */
export interface PostbagAttributes {
  site: string;
  story: string;
  url?: string;
  title?: string;
  token?: string;
  theme?: 'light' | 'dark';
  density?: 'compact';
  lang?: string;
}

/** The attributes of `<postbag-portfolio>`. */
export type PostbagPortfolioAttributes = Pick<
  PostbagAttributes,
  'site' | 'story' | 'token' | 'theme' | 'lang'
>;

/** Members that both elements share. `site`, `story` and `url` reflect attributes. */
export interface PostbagElement extends HTMLElement {
  site: string;
  story: string;
  url: string | null;
  /** The reader's token. Set it to null to sign the reader out. */
  token: string | null;
  /** Called to get the first token if none is set, and again when a token has expired. */
  getToken: (() => Promise<string | null | undefined>) | null;
}

export interface PostbagPortfolioElement extends PostbagElement {
  /** Shows a company or an instrument, as if the reader had clicked it. */
  show(type: string, key: string): void;
}

export interface PostbagCommentsElement extends PostbagElement {
  /** Reloads the thread. Does nothing until the reader has scrolled near it. */
  reload(): void;
  /** Takes the reader to the composer, or to whatever prevents them from commenting. */
  compose(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'postbag-comments': PostbagCommentsElement;
    'postbag-portfolio': PostbagPortfolioElement;
  }
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the way to add members to a global interface
  interface GlobalEventHandlersEventMap extends PostbagEvents {}
}

/**
 * Loads the element from a Postbag server, once per page. Resolves when `<postbag-comments>` is defined, or
 * immediately if there is no document.
 *
 * @param server origin of the server, e.g. `https://postbag.example`
 */
export function loadPostbag(server: string, options?: { nonce?: string }): Promise<void>;
