import type { StreamEvent } from '../../kit/event-stream.js';
import { problemOf } from '../../kit/problem.js';
import type { Comment, CommentStatus } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { addReplies, mergeComment, repliesOf } from '../thread/thread-state.js';
import type { StringKey } from '../strings/translate.js';
import { applyEvent, type StoryEvent } from './apply-event.js';
import { resumeIntent } from './intent.js';
import { openLinkedComment } from './linked-comment.js';
import { shareStream, type StreamSubscription } from './shared-stream.js';
import { focusComment, announce } from './announce.js';

/** Delays before asking for the reader's own comment if no event arrived; then every 30 s. */
const retryDelaysMs = [2000, 4000, 8000, 15_000, 30_000];
const pollMs = 30_000;
/** The connection is kept while the page is hidden for less than this. */
const hiddenMs = 15_000;
/** The minimum interval between screen reader announcements. The visible page is always as current as possible. */
const announceEveryMs = 20_000;
/** The minimum interval between requests for the bell's count. */
const bellMs = 20_000;

const announcementKeys: Partial<Record<CommentStatus, StringKey>> = {
  published: 'announcePublished',
  held: 'announceHeld',
  rejected: 'announceRejected',
};

/**
 * Keeps the thread current while the page is visible: the story's event stream, polling if no stream can be opened,
 * and requests for the reader's own comments until each is decided.
 */
export class LiveUpdates {
  readonly #stream: StreamSubscription;
  readonly #end = new AbortController();
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;
  #check: ReturnType<typeof setTimeout> | undefined;
  #checkedAt = -Infinity;
  #bellAskedAt = -Infinity;
  #bell: ReturnType<typeof setInterval> | undefined;
  #toSay: ReturnType<typeof setTimeout> | undefined;
  #saidAt = -Infinity;
  readonly #asked = new Map<string, ReturnType<typeof setTimeout>>();
  /** Decisions that arrived before the response to the submission. */
  readonly #earlierDecisions = new Map<string, { status: CommentStatus; reason?: string }>();

  constructor(private readonly app: App) {
    const { api, token } = app.session;
    this.#stream = shareStream(api, app.session.path('/events'), token ?? '', {
      onEvent: (event) => this.#take(event),
      onState: (state, failures) => {
        clearTimeout(this.#poll);
        if (state === 'down') {
          if (failures > 1) this.#schedulePoll();
        } else if (this.#hidden) {
          // Catches up on changes while the page was hidden, for example an upgrade in another tab.
          this.#hidden = undefined;
          void this.#readAgain();
        }
      },
    });
  }

  start(): void {
    const { signal } = this.#end;
    this.#bell = setInterval(() => {
      if (!document.hidden) void this.#askBell();
    }, 3 * bellMs);
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    addEventListener('hashchange', () => void openLinkedComment(this.app), { signal });
    this.#look();
    for (const comment of this.app.state.byId.values()) this.watchDecision(comment);
    void this.#arrive();
    void this.#askBell();
  }

  /** Follows the link in the URL, then continues with what the reader was about to do before signing in. */
  async #arrive(): Promise<void> {
    if (location.hash.startsWith('#postbag-')) await openLinkedComment(this.app);
    await this.#resume();
  }

  #resume(): Promise<void> {
    // If it cannot be continued, the thread stays as it is.
    return resumeIntent(this.app).catch(() => undefined);
  }

  stop(): void {
    this.#end.abort();
    this.#stream.leave();
    clearTimeout(this.#hidden);
    clearTimeout(this.#poll);
    clearTimeout(this.#check);
    clearTimeout(this.#toSay);
    clearInterval(this.#bell);
    for (const timer of this.#asked.values()) clearTimeout(timer);
  }

  /** Shows the new comments above the existing ones and moves there. */
  showNewComments(): void {
    const { state } = this.app;
    const newComments = state.unseen.reverse();
    state.unseen = [];
    this.app.picks = null;
    for (const comment of newComments) state.byId.set(comment.id, comment);
    state.order = [...newComments.map(({ id }) => id), ...state.order];
    for (const [top, replies] of state.replies) if (replies.unseen.length > 0) this.#showReplies(top);
    this.app.render();
    focusComment(this.app, newComments[0]?.id);
  }

  showNewReplies(top: string): void {
    const first = repliesOf(this.app.state, top).unseen[0];
    this.#showReplies(top);
    this.app.render();
    focusComment(this.app, first?.id);
  }

  /**
   * Adds the reader's newly accepted comment in its place, and applies decisions that the stream already reported.
   */
  addOwnComment(comment: Comment): void {
    const { state } = this.app;
    const top = comment.parentId && this.#topFor(comment.parentId);
    const replies = top ? repliesOf(state, top) : null;
    const lists = replies ? [state.unseen, replies.unseen] : [state.unseen];
    const knownComment = lists.flat().find(({ id }) => id === comment.id);
    if (knownComment) {
      state.unseen = state.unseen.filter(({ id }) => id !== comment.id);
      if (replies) replies.unseen = replies.unseen.filter(({ id }) => id !== comment.id);
    }
    state.byId.set(comment.id, comment);
    if (knownComment) mergeComment(state, knownComment);
    const earlierDecision = this.#earlierDecisions.get(comment.id);
    if (earlierDecision && !knownComment)
      applyEvent(state, { type: 'comment.decided', data: { id: comment.id, ...earlierDecision } });
    // The response to a repeated submission may be a comment that is already shown.
    const shown = replies?.ids ?? state.order;
    if (!shown.includes(comment.id)) {
      if (replies) replies.ids.push(comment.id);
      else state.order.unshift(comment.id);
    }
    this.watchDecision(comment);
    this.app.render();
    this.#tell(comment.id, comment.status);
  }

  /** Marks the reader's own comment as deleted. */
  markDeleted(id: string): void {
    applyEvent(this.app.state, { type: 'comment.deleted', data: { id } });
  }

  /** Polls the reader's own comment until it is decided. The stream is usually faster; polling is the fallback. */
  watchDecision({ id, status, viewer }: Comment, round = 0): void {
    clearTimeout(this.#asked.get(id));
    if (!viewer?.mine || status !== 'pending' || this.#end.signal.aborted) return;
    const delayMs = retryDelaysMs[Math.min(round, retryDelaysMs.length - 1)];
    this.#asked.set(
      id,
      setTimeout(() => void this.#ask(id, round), delayMs),
    );
  }

  async #ask(id: string, round: number): Promise<void> {
    const before = this.app.state.byId.get(id);
    if (before?.status !== 'pending') return;
    try {
      const now = await this.app.session.api.get<Comment>(`/api/v1/comments/${id}`);
      if (now.status === 'published')
        applyEvent(this.app.state, { type: 'comment.published', data: { comment: now } });
      else mergeComment(this.app.state, now);
      this.#tell(id, before.status);
      this.app.render();
    } catch (error) {
      if (problemOf(error)?.status === 404) return;
    }
    const known = this.app.state.byId.get(id);
    if (known) this.watchDecision(known, round + 1);
  }

  #topFor(parentId: string): string {
    const { state } = this.app;
    for (const [top, { ids }] of state.replies) if (ids.includes(parentId)) return top;
    return parentId;
  }

  #look(): void {
    clearTimeout(this.#hidden);
    if (!document.hidden) {
      this.#stream.open();
      void this.#askBell();
    } else
      this.#hidden = setTimeout(() => {
        this.#stream.close();
        clearTimeout(this.#poll);
      }, hiddenMs);
  }

  #take(event: StreamEvent): void {
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    const story = { type: event.type, data } as StoryEvent;
    const { state } = this.app;
    const id = subject(story);
    const before = id ? state.byId.get(id)?.status : undefined;
    if (story.type === 'comment.decided' && !before) this.#earlierDecisions.set(story.data.id, story.data);
    const { total } = state;
    applyEvent(state, story);
    // The server's count differs from the one derived from events, so something was missed.
    if (story.type === 'reset' || (story.type === 'counts' && total !== state.total)) this.#catchUp();
    if (id && before) this.#tell(id, before);
    else if (story.type === 'comment.published') this.#tellFresh();
    this.app.render();
    if (story.type === 'gate') void this.#resume();
  }

  #tellFresh(): void {
    clearTimeout(this.#toSay);
    this.#toSay = setTimeout(
      () => {
        const n = this.app.state.unseen.length;
        if (n === 0) return;
        this.#saidAt = performance.now();
        announce(this.app, 'announceNew', { n });
      },
      Math.max(0, this.#saidAt + announceEveryMs - performance.now()),
    );
  }

  /** Announces the outcome of the reader's own comment. */
  #tell(id: string, before: CommentStatus): void {
    const comment = this.app.state.byId.get(id);
    const announcement = comment && comment.status !== before ? announcementKeys[comment.status] : undefined;
    if (!announcement || !comment?.viewer?.mine) return;
    clearTimeout(this.#asked.get(id));
    announce(this.app, announcement);
    if (comment.status === 'published') this.app.emit('publish', { comment });
  }

  /**
   * Reloads after missed events, for example before the stream was open. Random delays and a minimum interval spread
   * the load.
   */
  #catchUp(): void {
    clearTimeout(this.#check);
    const delayMs = Math.max(0, this.#checkedAt + 60_000 - performance.now()) + 1000 + Math.random() * 3000;
    this.#check = setTimeout(() => {
      if (document.hidden) return;
      this.#checkedAt = performance.now();
      void this.#readAgain();
    }, delayMs);
  }

  /**
   * Fetches the number of unread notifications: on arrival, on return, and after events that may concern the reader.
   */
  async #askBell(): Promise<void> {
    const { app } = this;
    if (!app.session.token || performance.now() - this.#bellAskedAt < bellMs) return;
    this.#bellAskedAt = performance.now();
    try {
      const { unread } = await app.session.api.get<{ unread: number }>('/api/v1/me/notifications/unread');
      if (this.#end.signal.aborted || unread === app.unreadCount) return;
      app.unreadCount = unread;
      app.render();
    } catch {
      // An outdated count in the bell does no harm.
    }
  }

  #schedulePoll(): void {
    this.#poll = setTimeout(() => void this.#pollAgain(), pollMs);
  }

  async #pollAgain(): Promise<void> {
    await this.#readAgain();
    if (!this.#end.signal.aborted && !document.hidden) this.#schedulePoll();
  }

  /** Without events, compares the thread with its newest page. */
  async #readAgain(): Promise<void> {
    try {
      const page = await this.app.session.thread('newest');
      const { state } = this.app;
      // In orders other than by time, a comment that is not shown need not be new.
      const newest = state.sort === 'newest' ? [...state.byId.keys()].sort().at(-1) : undefined;
      const apply = (comment: Comment) => {
        if (state.byId.has(comment.id)) mergeComment(state, comment);
        else if (newest && comment.id > newest && comment.status === 'published')
          applyEvent(state, { type: 'comment.published', data: { comment } });
      };
      for (const { replies, ...comment } of page.items.reverse()) {
        apply(comment);
        replies.items.forEach(apply);
        apply(comment);
      }
      state.total = page.total;
      state.gate = page.gate;
      this.app.render();
      void this.#resume();
    } catch {
      // The next poll may succeed.
    }
  }

  #showReplies(top: string): void {
    const { state } = this.app;
    const replies = repliesOf(state, top);
    addReplies(state, top, { items: replies.unseen, next: replies.next });
  }
}

function subject(event: StoryEvent): string | null {
  if (event.type === 'counts' || event.type === 'reset' || event.type === 'gate') return null;
  return 'comment' in event.data ? event.data.comment.id : event.data.id;
}
