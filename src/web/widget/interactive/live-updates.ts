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

/** Delays between requests for the reader's own pending comment; the last one repeats. */
const retryDelaysMs = [2000, 4000, 8000, 15_000, 30_000];
const pollMs = 30_000;
/** How long the connection stays open after the page was hidden. */
const keepOpenMs = 15_000;
/** The minimum interval between screen reader announcements of new comments. The visible count updates at once. */
const minAnnounceIntervalMs = 20_000;
/** The minimum interval between requests for the bell's count. */
const minBellIntervalMs = 20_000;

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
  readonly #ended = new AbortController();
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshedAt = -Infinity;
  #bellReadAt = -Infinity;
  #bellTimer: ReturnType<typeof setInterval> | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #announcedAt = -Infinity;
  readonly #decisionTimers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Decisions that arrived before the response to the submission. */
  readonly #earlierDecisions = new Map<string, { status: CommentStatus; reason?: string }>();

  constructor(private readonly app: App) {
    const { api, token } = app.session;
    this.#stream = shareStream(api, app.session.path('/events'), token ?? '', {
      onEvent: (event) => this.#handleEvent(event),
      onState: (state, failures) => {
        clearTimeout(this.#pollTimer);
        if (state === 'down') {
          if (failures > 1) this.#schedulePoll();
        } else if (this.#hideTimer) {
          // Catches up on changes while the page was hidden, for example an upgrade in another tab.
          this.#hideTimer = undefined;
          void this.#refresh();
        }
      },
    });
  }

  start(): void {
    const { signal } = this.#ended;
    this.#bellTimer = setInterval(() => {
      if (!document.hidden) void this.#readBell();
    }, 3 * minBellIntervalMs);
    document.addEventListener('visibilitychange', () => this.#onVisibility(), { signal });
    addEventListener('hashchange', () => void openLinkedComment(this.app), { signal });
    this.#onVisibility();
    for (const comment of this.app.state.byId.values()) this.watchDecision(comment);
    void this.#followLink();
    void this.#readBell();
  }

  /** Follows the link in the URL, then resumes what the reader was about to do before signing in. */
  async #followLink(): Promise<void> {
    if (location.hash.startsWith('#postbag-')) await openLinkedComment(this.app);
    await this.#resume();
  }

  #resume(): Promise<void> {
    // If it cannot be resumed, the thread stays as it is.
    return resumeIntent(this.app).catch(() => undefined);
  }

  stop(): void {
    this.#ended.abort();
    this.#stream.leave();
    clearTimeout(this.#hideTimer);
    clearTimeout(this.#pollTimer);
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#announceTimer);
    clearInterval(this.#bellTimer);
    for (const timer of this.#decisionTimers.values()) clearTimeout(timer);
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
    const unseenComment = lists.flat().find(({ id }) => id === comment.id);
    if (unseenComment) {
      state.unseen = state.unseen.filter(({ id }) => id !== comment.id);
      if (replies) replies.unseen = replies.unseen.filter(({ id }) => id !== comment.id);
    }
    state.byId.set(comment.id, comment);
    if (unseenComment) mergeComment(state, unseenComment);
    const earlierDecision = this.#earlierDecisions.get(comment.id);
    if (earlierDecision && !unseenComment)
      applyEvent(state, { type: 'comment.decided', data: { id: comment.id, ...earlierDecision } });
    // The response to a repeated submission may be a comment that is already shown.
    const shown = replies?.ids ?? state.order;
    if (!shown.includes(comment.id)) {
      if (replies) replies.ids.push(comment.id);
      else state.order.unshift(comment.id);
    }
    this.watchDecision(comment);
    this.app.render();
    this.#announceOutcome(comment.id, comment.status);
  }

  /** Marks the reader's own comment as deleted. */
  markDeleted(id: string): void {
    applyEvent(this.app.state, { type: 'comment.deleted', data: { id } });
  }

  /** Polls the reader's own comment until it is decided. The stream is usually faster; polling is the fallback. */
  watchDecision({ id, status, viewer }: Comment, round = 0): void {
    clearTimeout(this.#decisionTimers.get(id));
    if (!viewer?.mine || status !== 'pending' || this.#ended.signal.aborted) return;
    const delayMs = retryDelaysMs[Math.min(round, retryDelaysMs.length - 1)];
    this.#decisionTimers.set(
      id,
      setTimeout(() => void this.#pollDecision(id, round), delayMs),
    );
  }

  async #pollDecision(id: string, round: number): Promise<void> {
    const before = this.app.state.byId.get(id);
    if (before?.status !== 'pending') return;
    try {
      const after = await this.app.session.api.get<Comment>(`/api/v1/comments/${id}`);
      if (after.status === 'published')
        applyEvent(this.app.state, { type: 'comment.published', data: { comment: after } });
      else mergeComment(this.app.state, after);
      this.#announceOutcome(id, before.status);
      this.app.render();
    } catch (error) {
      if (problemOf(error)?.status === 404) return;
    }
    const comment = this.app.state.byId.get(id);
    if (comment) this.watchDecision(comment, round + 1);
  }

  #topFor(parentId: string): string {
    const { state } = this.app;
    for (const [top, { ids }] of state.replies) if (ids.includes(parentId)) return top;
    return parentId;
  }

  #onVisibility(): void {
    clearTimeout(this.#hideTimer);
    if (!document.hidden) {
      this.#stream.open();
      void this.#readBell();
    } else
      this.#hideTimer = setTimeout(() => {
        this.#stream.close();
        clearTimeout(this.#pollTimer);
      }, keepOpenMs);
  }

  #handleEvent(event: StreamEvent): void {
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    const storyEvent = { type: event.type, data } as StoryEvent;
    const { state } = this.app;
    const id = commentIdOf(storyEvent);
    const before = id ? state.byId.get(id)?.status : undefined;
    if (storyEvent.type === 'comment.decided' && !before)
      this.#earlierDecisions.set(storyEvent.data.id, storyEvent.data);
    const { total } = state;
    applyEvent(state, storyEvent);
    // If the server's count differs from the one derived from events, something was missed.
    if (storyEvent.type === 'reset' || (storyEvent.type === 'counts' && total !== state.total))
      this.#catchUp();
    if (id && before) this.#announceOutcome(id, before);
    else if (storyEvent.type === 'comment.published') this.#announceNew();
    this.app.render();
    if (storyEvent.type === 'gate') void this.#resume();
  }

  #announceNew(): void {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(
      () => {
        const n = this.app.state.unseen.length;
        if (n === 0) return;
        this.#announcedAt = performance.now();
        announce(this.app, 'announceNew', { n });
      },
      Math.max(0, this.#announcedAt + minAnnounceIntervalMs - performance.now()),
    );
  }

  /** Announces the outcome of the reader's own comment. */
  #announceOutcome(id: string, before: CommentStatus): void {
    const comment = this.app.state.byId.get(id);
    const announcement = comment && comment.status !== before ? announcementKeys[comment.status] : undefined;
    if (!announcement || !comment?.viewer?.mine) return;
    clearTimeout(this.#decisionTimers.get(id));
    announce(this.app, announcement);
    if (comment.status === 'published') this.app.emit('publish', { comment });
  }

  /**
   * Reloads after missed events, for example before the stream was open. Random delays and a minimum interval spread
   * the load.
   */
  #catchUp(): void {
    clearTimeout(this.#refreshTimer);
    const delayMs = Math.max(0, this.#refreshedAt + 60_000 - performance.now()) + 1000 + Math.random() * 3000;
    this.#refreshTimer = setTimeout(() => {
      if (document.hidden) return;
      this.#refreshedAt = performance.now();
      void this.#refresh();
    }, delayMs);
  }

  /**
   * Fetches the number of unread notifications: at the start, when the page is shown again, and every minute.
   */
  async #readBell(): Promise<void> {
    const { app } = this;
    if (!app.session.token || performance.now() - this.#bellReadAt < minBellIntervalMs) return;
    this.#bellReadAt = performance.now();
    try {
      const { unread } = await app.session.api.get<{ unread: number }>('/api/v1/me/notifications/unread');
      if (this.#ended.signal.aborted || unread === app.unreadCount) return;
      app.unreadCount = unread;
      app.render();
    } catch {
      // The bell keeps its old count.
    }
  }

  #schedulePoll(): void {
    this.#pollTimer = setTimeout(() => void this.#pollThread(), pollMs);
  }

  async #pollThread(): Promise<void> {
    await this.#refresh();
    if (!this.#ended.signal.aborted && !document.hidden) this.#schedulePoll();
  }

  /** Fetches the newest page of the thread and applies what has changed, in place of missed events. */
  async #refresh(): Promise<void> {
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

/** The comment that an event is about; null if it is about the whole thread. */
function commentIdOf(event: StoryEvent): string | null {
  if (event.type === 'counts' || event.type === 'reset' || event.type === 'gate') return null;
  return 'comment' in event.data ? event.data.comment.id : event.data.id;
}
