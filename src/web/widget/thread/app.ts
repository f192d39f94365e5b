import type { VNode } from 'preact';
import type { Comment, GateAction, Refusal, Sort, Thread } from '../../kit/api-types.js';
import { asRefusal, problemOf } from '../../kit/problem.js';
import type { Session } from '../session.js';
import type { FirstStrings, GateTexts } from '../strings/languages.js';
import type { LaterStrings } from '../strings/later-strings.js';
import { type Catalogue, type Translate, createTranslator } from '../strings/translate.js';
import { addPage, emptyThread, type ThreadState } from './thread-state.js';

/** A refusal with a sign-in or upgrade link, a confirmation or an error. */
export interface CommentMessage {
  /** The comment under which it is shown; '' above all comments. */
  id: string;
  refusal?: Refusal;
  /** The refused action. */
  action?: GateAction;
  text?: string;
  /** A confirmation or a note, not an error. */
  isInfo?: boolean;
  /** Retries, if that may help. */
  retry?: () => void;
}

/**
 * What a reader was about to do: an action on a comment, or (without an id) writing a new one. `me` opens the
 * reader's account.
 */
export interface Intent {
  action: GateAction | 'edit' | 'me';
  id: string;
}

export type ComposerMode = 'reply' | 'edit';

/** The kind of the open dialog. */
export type DialogKind = 'flag' | 'delete' | 'appeal';

/** The tabs of the reader's account. */
export type AccountTab = 'notifications' | 'comments' | 'reactions' | 'following' | 'settings';

/** Rendered output, including the plain objects that `jsx` creates before Preact is loaded. */
type Rendered = VNode | null;

/** The composer chunk (`composer/`), as used by the rest of the widget. */
export interface ComposerModule {
  Composer(props: { app: App; parent?: Comment; editing?: Comment; key?: string }): Rendered;
  /** Adds the styles of the components in this chunk. */
  adoptStyles(root: ShadowRoot): void;
  toggleComposer(app: App, id: string, mode: ComposerMode): void;
  openDialog(app: App, kind: DialogKind, comment: Comment): Promise<void>;
  react(app: App, comment: Comment, kind: string): Promise<void>;
  ignore(app: App, author: { id: string; name: string }, isIgnored: boolean): Promise<void>;
  copyLink(app: App, comment: Comment): Promise<void>;
  reuseAsDraft(app: App, comment: Comment): void;
}

type ComposerCallback = (composer: ComposerModule) => void | Promise<void>;

/** The dialogs chunk (`dialogs/`). */
export interface DialogModule {
  CommentDialog(props: { app: App; key?: string }): Rendered;
}

/** Controls live updates of the thread. */
export interface LiveUpdatesHandle {
  start(): void;
  stop(): void;
  /** Shows the new comments above the existing ones and moves there. */
  showNewComments(): void;
  showNewReplies(top: string): void;
  addOwnComment(comment: Comment): void;
  markDeleted(id: string): void;
  watchDecision(comment: Comment): void;
}

/** The interactive chunk (`interactive/`): everything that is needed after the first comments are shown. */
export interface InteractiveModule {
  /** Loads the texts that the first paint does not need. */
  laterTexts(lang: string): Promise<LaterStrings>;
  formatEnd(lang: string, code: string, seconds: number): string;
  /**
   * Runs after the first comments are shown: starts live updates and, for readers who may write, loads the composer.
   */
  start(app: App): void;
  /** Sends the reader to sign in or upgrade, and saves what they were about to do. */
  leavePage(app: App, event: Event, refusal: Refusal, intent: Intent): void;
  /**
   * Performs an action on a comment, or opens the composer, if the gate allows it. Otherwise shows the reason and
   * what would help.
   */
  perform(app: App, kind: GateAction, id: string, then: ComposerCallback): Promise<void>;
  /**
   * Loads the composer's code if necessary and continues with it. If loading fails, shows an error at the comment.
   */
  withComposer(app: App, id: string, then: ComposerCallback): Promise<void>;
  /** Opens the composer and focuses it. */
  openComposer(app: App): Promise<void>;
  /** The button for new comments, beside the count. */
  NewComments(props: { app: App }): Rendered;
  /** The bell and the account menu, at the end of the header. */
  AccountToolbar(props: { app: App }): Rendered;
  /**
   * Above the comments: messages that do not belong to a comment, and a link back to all comments while one
   * conversation is shown.
   */
  Notices(props: { app: App }): Rendered;
  Collapse(props: { app: App; id: string }): Rendered;
  Ignored(props: { app: App; comment: Comment }): Rendered;
  NewReplies(props: { app: App; top: string }): Rendered;
  OverflowMenu(props: { app: App; comment: Comment }): Rendered;
  Message(props: { app: App; note: CommentMessage }): Rendered;
  OwnStatus(props: { app: App; comment: Comment }): Rendered;
  loadMore(app: App): Promise<void>;
  showPicks(app: App, picksOnly: boolean): Promise<void>;
  loadReplies(app: App, topId: string): Promise<void>;
  paint(app: App): void;
  clear(app: App): void;
  replay(app: App): void;
  hydrateThread(app: App): void;
}

/** The account chunk (`account/`). */
export interface AccountModule {
  /** Loads the account's texts and styles, and opens a tab. */
  openAccountTab(app: App, tab: AccountTab): Promise<void>;
  AccountDialog(props: { app: App }): Rendered;
}

/** Loads the widget's code. The first paint is included; the rest is loaded on demand. */
export interface CodeLoader {
  paint(app: App): void;
  loadInteractive(): Promise<InteractiveModule>;
  /** Reloads all code and replaces this one; rejects if loading fails. */
  reload(): Promise<void>;
}

/**
 * The state of the widget on this page: loaded data, open controls, and pending actions. Renders itself after each
 * change.
 */
export class App {
  readonly t: Translate;
  state: ThreadState = emptyThread('newest');
  phase: 'loading' | 'ready' | 'failed' | 'refused' = 'loading';
  /** Why reading is refused. */
  refusal: Refusal | null = null;
  /** What is being loaded: `all` for the whole thread, `''` for its next page, a comment's id for its replies. */
  readonly busy = new Set<string>();
  /** Pages that could not be loaded: `''` or a comment's id, as above. */
  readonly failed = new Set<string>();
  message: CommentMessage | null = null;
  /** The comment whose overflow menu is open. */
  menuCommentId: string | null = null;
  readonly composers = new Map<string, ComposerMode>();
  /** Ids of top-level comments whose threads are collapsed. */
  readonly folded = new Set<string>();
  /** Long comments, and comments of ignored authors, that the reader has expanded. */
  readonly unfolded = new Set<string>();
  /** The top-level comment of the only conversation shown; null: all conversations. */
  onlyId: string | null = null;
  /** The editors' picks loaded so far; null while all comments are shown. */
  picks: { ids: string[]; next: string | null } | null = null;
  /** The open tab of the reader's account; null if it is closed. */
  accountTab: AccountTab | null = null;
  account: AccountModule | null = null;
  /** The number of unread notifications. */
  unreadCount = 0;
  /** The composer for a new comment contains text. */
  isWriting = false;
  dialog: (DialogModule & { kind: DialogKind; comment: Comment }) | null = null;
  offline = !navigator.onLine;
  /** The latest event, for screen readers. */
  announcement = '';
  /** The interactive chunk; null until it is loaded. */
  interactive: InteractiveModule | null = null;
  /** The composer chunk; null until it is needed. */
  composer: ComposerModule | null = null;
  /** Focus the composer as soon as it is ready. */
  focusComposer = false;
  /** Code of the widget failed to load. */
  codeFailed = false;
  isReloading = false;
  /** Incremented whenever code outside the composer changes its text. */
  draftVersion = 0;
  live: LiveUpdatesHandle | null = null;
  scheme: 'light' | 'dark' = 'light';
  /** Incremented on each load of the thread, so that responses to earlier loads can be ignored. */
  loads = 0;
  /** The gate's messages, if the server does not support the page's language. */
  gateTexts: GateTexts | undefined;
  /** All texts loaded so far. */
  readonly texts: Partial<Catalogue>;
  readonly #end = new AbortController();
  /** Aborted when the widget is removed. */
  readonly signal = this.#end.signal;

  constructor(
    readonly element: HTMLElement,
    readonly root: ShadowRoot,
    public session: Session,
    readonly lang: string,
    strings: FirstStrings,
    readonly loader: CodeLoader,
  ) {
    this.texts = { ...strings.first };
    this.gateTexts = strings.gate;
    this.t = createTranslator(this.texts, lang);
    const { signal } = this;
    for (const type of ['online', 'offline'])
      addEventListener(
        type,
        () => {
          this.offline = !navigator.onLine;
          if (!this.offline && this.phase === 'failed') void this.load();
          this.render();
        },
        { signal },
      );
    const renderTimer = setInterval(() => this.render(), 60_000);
    signal.addEventListener('abort', () => clearInterval(renderTimer));
  }

  render(): void {
    if (this.signal.aborted) return;
    (this.interactive ?? this.loader).paint(this);
  }

  stop(): void {
    this.#end.abort();
    this.live?.stop();
    if (this.interactive) this.interactive.clear(this);
    else this.root.replaceChildren();
  }

  /** @returns false if the page called preventDefault */
  emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.element.dispatchEvent(
      new CustomEvent(`postbag:${name}`, { detail, bubbles: true, composed: true, cancelable }),
    );
  }

  /** Starts again after the reader or their entitlements changed. Drafts are kept. */
  restart(session: Session): void {
    this.session = session;
    this.live?.stop();
    this.live = null;
    this.message = null;
    this.accountTab = null;
    this.unreadCount = 0;
    void this.load();
  }

  /** Loads the thread from its beginning. The current content stays until the response arrives. */
  async load(sort: Sort = this.state.sort, first?: Promise<Thread>): Promise<void> {
    const loadNumber = ++this.loads;
    this.state.sort = sort;
    this.phase = this.state.story ? 'ready' : 'loading';
    this.busy.add('all');
    this.render();
    try {
      const state = emptyThread(sort);
      addPage(state, await (first ?? this.session.thread(sort)));
      // These comments wait for the interactive code, so that their status does not appear later and move the page.
      if ([...state.byId.values()].some(needsInteractive))
        await this.loadInteractive().catch(() => undefined);
      if (loadNumber !== this.loads) return;
      const before = this.state;
      this.state = state;
      this.picks = null;
      this.phase = 'ready';
      this.failed.clear();
      if (before.story === null) this.emit('ready', { total: state.total });
      const { session } = this;
      this.loadInteractive().then(
        (interactive) => session === this.session && interactive.start(this),
        () => undefined,
      );
    } catch (error) {
      if (loadNumber !== this.loads) return;
      const problem = problemOf(error);
      this.refusal = problem && asRefusal(problem);
      this.phase = this.refusal ? 'refused' : 'failed';
      this.loadInteractive().catch(() => undefined);
    }
    this.busy.delete('all');
    this.render();
  }

  /** Adds an id to a set, or removes it if present. */
  toggle(set: Set<string>, id: string): void {
    if (!set.delete(id)) set.add(id);
    this.render();
  }

  /** Loads the interactive code, once. From then on Preact manages the markup. */
  async loadInteractive(): Promise<InteractiveModule> {
    try {
      const interactive = await this.loader.loadInteractive();
      const strings = this.interactive ? null : await interactive.laterTexts(this.lang);
      if (strings && !this.interactive && !this.signal.aborted) {
        interactive.hydrateThread(this);
        this.interactive = interactive;
        Object.assign(this.texts, strings.later);
        if (this.gateTexts) this.gateTexts = { ...this.gateTexts, ...strings.gateLater };
        this.render();
        interactive.replay(this);
      }
      return interactive;
    } catch (error) {
      this.codeFailed = true;
      this.render();
      throw error;
    }
  }

  /** Loads the code again. The message stays until the new code takes over: a click before that would be lost. */
  retry(): void {
    if (this.isReloading) return;
    this.isReloading = true;
    this.render();
    this.loader.reload().catch(() => {
      this.isReloading = false;
      this.render();
    });
  }
}

/**
 * Whether a comment is shown with parts of the interactive chunk: the reader's own that is not published, or one by an
 * ignored author.
 */
const needsInteractive = ({ author, status, viewer }: Comment): boolean =>
  Boolean(author && (status !== 'published' || viewer?.ignored));
