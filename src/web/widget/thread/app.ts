import type { VNode } from 'preact';
import type { Comment, GateAction, Refusal, Sort, Thread } from '../../kit/api-types.js';
import { asRefusal, problemOf } from '../../kit/problem.js';
import type { Session } from '../session.js';
import type { FirstStrings, GateTexts } from '../strings/languages.js';
import type { LaterStrings } from '../strings/later-strings.js';
import { type Catalogue, type Translate, createTranslator } from '../strings/translate.js';
import { addPage, emptyThread, type ThreadState } from './thread-state.js';

/** Something said under one comment: a refusal with its way in, or what went wrong. */
export interface CommentMessage {
  id: string;
  refusal?: Refusal;
  /** What was refused. */
  action?: GateAction;
  text?: string;
  /** Said to confirm, not to warn. */
  calm?: boolean;
  /** What helps, where trying again may. */
  again?: () => void;
}

/** What a reader was about to do: to a comment, or (without an id) to write one. `me` opens the reader's own page. */
export interface Intent {
  action: GateAction | 'edit' | 'me';
  id: string;
}

export type ComposerMode = 'reply' | 'edit';

/** What the one open question is about. */
export type DialogKind = 'flag' | 'delete' | 'appeal';

/** The parts of the reader's desk. */
export type AccountTab = 'notifications' | 'comments' | 'reactions' | 'following' | 'settings';

/** Something to draw; what `jsx` makes before Preact is there counts as well. */
type Rendered = VNode | null;

/** The code for writing (`acting/`), as the rest of the column uses it. */
export interface ComposerModule {
  Composer(props: { app: App; parent?: Comment; editing?: Comment; key?: string }): Rendered;
  /** The styles of what this chunk shows. */
  adoptStyles(root: ShadowRoot): void;
  toggleComposer(app: App, id: string, what: ComposerMode): void;
  openDialog(app: App, kind: DialogKind, comment: Comment): Promise<void>;
  react(app: App, comment: Comment, kind: string): Promise<void>;
  ignore(app: App, author: { id: string; name: string }, wanted: boolean): Promise<void>;
  copyLink(app: App, comment: Comment): Promise<void>;
  reuseAsDraft(app: App, comment: Comment): void;
}

type Then = (composer: ComposerModule) => void | Promise<void>;

/** The code for questions (`asking/`). */
export interface DialogModule {
  CommentDialog(props: { app: App; key?: string }): Rendered;
}

/** What keeps the thread fresh. */
export interface LiveUpdatesHandle {
  start(): void;
  stop(): void;
  /** Shows what arrived, above what is there, and leads there. */
  showNewComments(): void;
  showNewReplies(top: string): void;
  addOwnComment(comment: Comment): void;
  markDeleted(id: string): void;
  watchDecision(comment: Comment): void;
}

/** The code for all that comes after the first comments are shown (`after/`). */
export interface InteractiveModule {
  /** All the words that the first part leaves out. */
  laterTexts(lang: string): Promise<LaterStrings>;
  formatEnd(lang: string, code: string, seconds: number): string;
  /** After the first comments are there: what keeps them fresh, and for those who may write, how. */
  start(app: App): void;
  /** The reader leaves to sign in or to upgrade; they come back to what they were about to do. */
  leavePage(app: App, event: Event, refusal: Refusal, intent: Intent): void;
  /** A reader wants to do something to a comment, or to write one: done, or told why not and what would help. */
  perform(app: App, kind: GateAction, id: string, then: Then): Promise<void>;
  /** Loads the code for writing if it is not there, and goes on with it; where that fails it says so at the comment. */
  withComposer(app: App, id: string, then: Then): Promise<void>;
  /** The reader wants to write a comment: the composer comes, with the focus in it. */
  openComposer(app: App): Promise<void>;
  /** Beside the count: what arrived. */
  NewComments(props: { app: App }): Rendered;
  /** At the end of the head: the bell and the reader's desk. */
  AccountToolbar(props: { app: App }): Rendered;
  /** Above the comments: what is said of no comment, and from one conversation the way back to all. */
  Notices(props: { app: App }): Rendered;
  Collapse(props: { app: App; id: string }): Rendered;
  Ignored(props: { app: App; comment: Comment }): Rendered;
  NewReplies(props: { app: App; top: string }): Rendered;
  OverflowMenu(props: { app: App; comment: Comment }): Rendered;
  Message(props: { app: App; note: CommentMessage }): Rendered;
  OwnStatus(props: { app: App; comment: Comment }): Rendered;
  loadMore(app: App): Promise<void>;
  showPicks(app: App, wanted: boolean): Promise<void>;
  loadReplies(app: App, topId: string): Promise<void>;
  paint(app: App): void;
  clear(app: App): void;
  replay(app: App): void;
  hydrateThread(app: App): void;
}

/** The reader's desk (`mine/`). */
export interface AccountModule {
  /** Brings its words and styles, and shows one of its parts. */
  openAccountTab(app: App, tab: AccountTab): Promise<void>;
  AccountDialog(props: { app: App }): Rendered;
}

/** Where the column's code comes from: the first painting is there, the rest is loaded when it is wanted. */
export interface CodeLoader {
  paint(app: App): void;
  loadInteractive(): Promise<InteractiveModule>;
  /** Loads all the code anew and puts it in the place of this one; rejects when it did not come. */
  reload(): Promise<void>;
}

/** The thread on this page: what is known, what is open, and what happens next. Draws itself after each change. */
export class App {
  readonly t: Translate;
  state: ThreadState = emptyThread('newest');
  phase: 'loading' | 'ready' | 'failed' | 'refused' = 'loading';
  /** Why `read` is refused. */
  refusal: Refusal | null = null;
  /** A further page travels: the thread's (`''`) or a comment's replies (its id). */
  readonly busy = new Set<string>();
  /** Could not be loaded, by the same names. */
  readonly failed = new Set<string>();
  message: CommentMessage | null = null;
  /** The comment whose menu is open. */
  menuOf: string | null = null;
  readonly composers = new Map<string, ComposerMode>();
  /** Threads that are folded away, by their top comment. */
  readonly folded = new Set<string>();
  /** Long comments, and those of ignored authors, that the reader wants to see. */
  readonly unfolded = new Set<string>();
  /** The top comment of the one conversation that is shown; null: all of them. */
  onlyId: string | null = null;
  /** The editors' picks as far as they are shown; null: all comments are. */
  picks: { ids: string[]; next: string | null } | null = null;
  /** What is open of the reader's desk. */
  accountTab: AccountTab | null = null;
  account: AccountModule | null = null;
  /** Notifications that the reader has not seen. */
  unreadCount = 0;
  /** A new comment is being written: there are words in its composer. */
  isWriting = false;
  dialog: (DialogModule & { kind: DialogKind; comment: Comment }) | null = null;
  offline = !navigator.onLine;
  /** For those who listen: the last thing that happened. */
  announcement = '';
  /** The code for all that comes after the first comments are shown; null until it is there. */
  interactive: InteractiveModule | null = null;
  /** The code for writing; null until it is needed. */
  composer: ComposerModule | null = null;
  /** The composer takes the focus as soon as it is there. */
  focusComposer = false;
  /** Code for the column did not come. */
  codeFailed = false;
  /** Counts the times a text was put into the composer from outside it. */
  draftVersion = 0;
  live: LiveUpdatesHandle | null = null;
  scheme: 'light' | 'dark' = 'light';
  /** Counts the readings of the thread: an answer to an earlier one comes too late. */
  loads = 0;
  /** The gate's sentences, where the server does not speak the page's language. */
  gateTexts: GateTexts | undefined;
  /** All that has been loaded so far. */
  readonly texts: Partial<Catalogue>;
  readonly #end = new AbortController();
  /** Aborted when the column goes. */
  readonly signal = this.#end.signal;

  constructor(
    readonly element: HTMLElement,
    readonly root: ShadowRoot,
    public session: Session,
    readonly lang: string,
    words: FirstStrings,
    readonly loader: CodeLoader,
  ) {
    this.texts = { ...words.first };
    this.gateTexts = words.gate;
    this.t = createTranslator(this.texts, lang);
    const { signal } = this;
    for (const type of ['online', 'offline'])
      addEventListener(
        type,
        () => {
          this.offline = !navigator.onLine;
          if (!this.offline && this.phase === 'failed') void this.load();
          this.draw();
        },
        { signal },
      );
    const minute = setInterval(() => this.draw(), 60_000);
    signal.addEventListener('abort', () => clearInterval(minute));
  }

  draw(): void {
    if (this.signal.aborted) return;
    (this.interactive ?? this.loader).paint(this);
  }

  stop(): void {
    this.#end.abort();
    this.live?.stop();
    if (this.interactive) this.interactive.clear(this);
    else this.root.replaceChildren();
  }

  /** @returns false when the page called preventDefault */
  emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.element.dispatchEvent(
      new CustomEvent(`postbag:${name}`, { detail, bubbles: true, composed: true, cancelable }),
    );
  }

  /** Another reader, or the same one with other rights. What was being written stays. */
  restart(session: Session): void {
    this.session = session;
    this.live?.stop();
    this.live = null;
    this.message = null;
    this.accountTab = null;
    this.unreadCount = 0;
    void this.load();
  }

  /** Reads the thread from its beginning; what is shown stays until the answer is there. */
  async load(sort: Sort = this.state.sort, first?: Promise<Thread>): Promise<void> {
    const run = ++this.loads;
    this.state.sort = sort;
    this.phase = this.state.story ? 'ready' : 'loading';
    this.busy.add('all');
    this.draw();
    try {
      const state = emptyThread(sort);
      addPage(state, await (first ?? this.session.thread(sort)));
      // What is said of such comments comes with them and not after them: nothing moves.
      if ([...state.byId.values()].some(needsInteractive))
        await this.loadInteractive().catch(() => undefined);
      if (run !== this.loads) return;
      const before = this.state;
      this.state = state;
      this.picks = null;
      this.phase = 'ready';
      this.failed.clear();
      if (before.story === null) this.emit('ready', { total: state.total });
      const { session } = this;
      this.loadInteractive().then(
        (after) => session === this.session && after.start(this),
        () => undefined,
      );
    } catch (error) {
      if (run !== this.loads) return;
      const problem = problemOf(error);
      this.refusal = problem && asRefusal(problem);
      this.phase = this.refusal ? 'refused' : 'failed';
      this.loadInteractive().catch(() => undefined);
    }
    this.busy.delete('all');
    this.draw();
  }

  /** Adds to a set what is not in it, or takes it out. */
  toggle(set: Set<string>, id: string): void {
    if (!set.delete(id)) set.add(id);
    this.draw();
  }

  /** The rest of the reading part, once: from then on Preact keeps what has been painted. */
  async loadInteractive(): Promise<InteractiveModule> {
    try {
      const after = await this.loader.loadInteractive();
      const words = this.interactive ? null : await after.laterTexts(this.lang);
      if (words && !this.interactive && !this.signal.aborted) {
        after.hydrateThread(this);
        this.interactive = after;
        Object.assign(this.texts, words.later);
        if (this.gateTexts) this.gateTexts = { ...this.gateTexts, ...words.gateLater };
        this.draw();
        after.replay(this);
      }
      return after;
    } catch (error) {
      this.codeFailed = true;
      this.draw();
      throw error;
    }
  }

  /** Loads the code anew; what is shown stays until it is there, or says once more that it did not come. */
  retry(): void {
    this.codeFailed = false;
    this.draw();
    this.loader.reload().catch(() => {
      this.codeFailed = true;
      this.draw();
    });
  }
}

/** Shown to this reader otherwise than to all: their own before publication, or by somebody whom they ignore. */
const needsInteractive = ({ author, status, viewer }: Comment): boolean =>
  Boolean(author && (status !== 'published' || viewer?.ignored));
