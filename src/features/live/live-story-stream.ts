import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { decisionFor, formatServerSentEvent, threadChange } from './live-events.js';
import type { LiveConnection } from './live-connection.js';
import type { LiveView, StoredEvent } from './live.view.js';

/** One event, rendered once for all connections. */
interface Frame {
  readonly position: number;
  /** Empty if the public thread does not change. */
  readonly shared: string;
  /**
   * The event that only the comment's author receives. `readerKey` is the token's `sub`, because a reader who opened
   * the stream before writing for the first time has no permanent ID there.
   */
  readonly forAuthor: { readonly readerKey: string; readonly text: string } | null;
}

const MAX_PER_READ = 200;
/** A client that missed more events than this must reload the thread. */
const MAX_REPLAYED = 500;
/** Events that follow a read within this time are read together. The first event of a quiet story is not delayed. */
const BATCH_WINDOW_MS = 20;

/** The streams of one story in this process. Each event is read and rendered once, however many clients listen. */
export class LiveStoryStream {
  readonly connections = new Set<LiveConnection>();
  /** Number of connections that are about to join. */
  joiningCount = 0;
  private position = 0;
  private total = 0;
  private opened: Promise<void> | undefined;
  private pendingRead: Promise<void> | null = null;
  private readAgain = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly ctx: SiteContext,
    readonly storyId: StoryId,
    private readonly view: LiveView,
    private readonly reasonText: (code: string) => Promise<string | null>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * Adds a connection. It first receives the events it missed since `lastEventId`, or `reset` if there are too many,
   * and then the current number of comments.
   *
   * @param lastEventId null for a client that has received no events yet
   */
  async join(connection: LiveConnection, lastEventId: number | null): Promise<void> {
    await (this.opened ??= this.open().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    }));
    let sentUntil = this.position;
    const frames = lastEventId === null ? [] : await this.renderMissedFrames(lastEventId, sentUntil);
    // The other connections received more events during the query; this one needs them too.
    while (frames && sentUntil < this.position) {
      const to = this.position;
      const events = await this.listEvents(sentUntil, to);
      frames.push(...(await this.renderFrames(events)));
      sentUntil = events.length > MAX_REPLAYED ? events.at(-1)!.position : to;
    }
    if (!connection.isOpen) return;
    if (frames) connection.send(frames.map((frame) => frameTextFor(frame, connection)).join(''));
    else connection.send(formatServerSentEvent(this.position, 'reset', '{}'));
    connection.send(this.countsEvent());
    this.connections.add(connection);
  }

  /** Reads and sends new events, immediately or at the end of the current batch window. */
  wake(): void {
    if (this.isClosed || !this.opened) return;
    if (this.pendingRead || this.timer) {
      this.readAgain = true;
      return;
    }
    this.pendingRead = this.read()
      .catch((error: unknown) => this.onError(error))
      .finally(() => {
        this.pendingRead = null;
        if (this.isClosed) return;
        this.timer = setTimeout(() => {
          this.timer = undefined;
          if (!this.readAgain) return;
          this.readAgain = false;
          this.wake();
        }, BATCH_WINDOW_MS);
        this.timer.unref();
      });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const connection of [...this.connections]) connection.end();
  }

  private async open(): Promise<void> {
    const { position, total } = await this.view.readCursor(this.ctx, this.storyId);
    this.position = position;
    this.total = total;
  }

  private async read(): Promise<void> {
    await this.opened;
    for (;;) {
      const events = await this.view.listEventsAfter(this.ctx, this.storyId, this.position, MAX_PER_READ);
      const last = events.at(-1);
      if (!last) return;
      const [frames, { total }] = await Promise.all([
        this.renderFrames(events),
        this.view.readCursor(this.ctx, this.storyId),
      ]);
      // The count may already include a comment whose event has no position yet. Clients increment their count when
      // that event arrives, so send the count after every event that changes the thread, even if the number is the
      // same.
      const changesThread = frames.some(({ shared }) => shared !== '');
      if (changesThread) this.total = total;
      this.position = last.position;
      this.broadcast(frames, changesThread ? this.countsEvent() : '');
      if (events.length < MAX_PER_READ) return;
    }
  }

  private broadcast(frames: readonly Frame[], counts: string): void {
    const sharedText = frames.map(({ shared }) => shared).join('') + counts;
    const authors = new Set(frames.flatMap(({ forAuthor }) => (forAuthor ? [forAuthor.readerKey] : [])));
    for (const connection of this.connections) {
      const isAuthor = connection.reader !== null && authors.has(connection.reader.key);
      if (isAuthor) connection.send(frames.map((frame) => frameTextFor(frame, connection)).join('') + counts);
      else connection.send(sharedText);
    }
  }

  /** Lists the events after `from` and up to `to`, oldest first. */
  private async listEvents(from: number, to: number): Promise<StoredEvent[]> {
    const events = await this.view.listEventsAfter(this.ctx, this.storyId, from, MAX_REPLAYED + 1);
    return events.filter(({ position }) => position <= to);
  }

  /** @returns null if there are too many, or if `after` is beyond `to`, so that it cannot be an event of this story */
  private async renderMissedFrames(after: number, to: number): Promise<Frame[] | null> {
    if (after > to) return null;
    const events = await this.listEvents(after, to);
    return events.length > MAX_REPLAYED ? null : this.renderFrames(events);
  }

  private async renderFrames(events: readonly StoredEvent[]): Promise<Frame[]> {
    const changes = events.map(({ type, payload }) =>
      type.startsWith('comment.') ? threadChange(type, payload) : null,
    );
    const ids = changes.flatMap((change): CommentId[] => (change && 'shows' in change ? [change.shows] : []));
    const shown = await this.view.readVisibleComments(this.ctx, [...new Set(ids)]);
    const rendered = events.map(async ({ position, type, payload }, index): Promise<Frame> => {
      const change = changes[index]!;
      let shared = '';
      if (change && 'hides' in change)
        shared = formatServerSentEvent(position, change.event, JSON.stringify({ id: change.hides }));
      else if (change) {
        // If the comment has been hidden since, there is nothing to show; a later event reports that it was hidden.
        const json = shown.get(change.shows);
        if (json !== undefined) shared = formatServerSentEvent(position, change.event, `{"comment":${json}}`);
      }
      return { position, shared, forAuthor: await this.renderDecision(position, type, payload) };
    });
    return Promise.all(rendered);
  }

  private async renderDecision(
    position: number,
    type: string,
    payload: StoredEvent['payload'],
  ): Promise<Frame['forAuthor']> {
    const notice = decisionFor(type, payload);
    if (!notice) return null;
    const { reason: code, reasonText, appeal } = notice;
    const reason = reasonText ?? (code === undefined ? null : await this.reasonText(code));
    const data = {
      id: notice.id,
      status: notice.status,
      ...(reason === null ? {} : { reason }),
      ...(appeal === undefined ? {} : { appeal }),
    };
    return {
      readerKey: payload.readerKey,
      text: formatServerSentEvent(position, 'comment.decided', JSON.stringify(data)),
    };
  }

  private countsEvent(): string {
    return formatServerSentEvent(this.position, 'counts', JSON.stringify({ total: this.total }));
  }
}

const frameTextFor = ({ shared, forAuthor }: Frame, { reader }: LiveConnection): string =>
  forAuthor && reader?.key === forAuthor.readerKey ? forAuthor.text + shared : shared;
