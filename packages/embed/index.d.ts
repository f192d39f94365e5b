/** Who may not, and what would help; the detail of `postbag:signin` and `postbag:upgrade`. */
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
  /** For the reader; of the comments in English, of a portfolio in the language of the page. */
  message: string;
  requiredTier?: { key: string; name: string };
  /** Where to sign in, subscribe or renew. */
  url?: string;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
}

/** A comment as the API has it; `GET /api/openapi.json` describes every member. */
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
  /** The first comments are there. */
  'postbag:ready': CustomEvent<{ total: number }>;
  /** A reader wants to sign in; `preventDefault()` keeps the comments from following `detail.url`. */
  'postbag:signin': CustomEvent<PostbagRefusal>;
  /** A reader wants to subscribe or renew; likewise. */
  'postbag:upgrade': CustomEvent<PostbagRefusal>;
  /** A comment was accepted and is being checked. */
  'postbag:submit': CustomEvent<{ comment: PostbagComment }>;
  /** It went live while the page was open. */
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

/** What both elements have; `site`, `story` and `url` are their attributes. */
export interface PostbagElement extends HTMLElement {
  site: string;
  story: string;
  url: string | null;
  /** The reader's token; null signs out. */
  token: string | null;
  /** Asked for the first token where there is none, and again when one has expired. */
  getToken: (() => Promise<string | null | undefined>) | null;
}

export interface PostbagPortfolioElement extends PostbagElement {
  /** Shows a company or an instrument, as a click on it does. */
  show(type: string, key: string): void;
}

export interface PostbagCommentsElement extends PostbagElement {
  /** Reads the thread anew; nothing before the reader has come near it. */
  reload(): void;
  /** Leads the reader to the composer, or to what is in its way. */
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
 * Loads the element from a Postbag server, once per page; resolves when `<postbag-comments>` is defined, and at once
 * where there is no document.
 *
 * @param server origin of the server, e.g. `https://postbag.example`
 */
export function loadPostbag(server: string, options?: { nonce?: string }): Promise<void>;
