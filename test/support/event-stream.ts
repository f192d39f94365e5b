export interface ReceivedEvent {
  readonly id: number;
  readonly type: string;
  /* Bodies are not typed; the assertions check them. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}

/** A stream of server-sent events that records what it receives. */
export class EventStream {
  readonly events: ReceivedEvent[] = [];
  /** Everything received, comments included. */
  text = '';
  ended = false;
  /** Number of events that `next` has returned or skipped. */
  private consumed = 0;

  private constructor(
    readonly answer: Response,
    private readonly controller: AbortController,
  ) {}

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const controller = new AbortController();
    const answer = await fetch(url, { headers, signal: controller.signal });
    const stream = new EventStream(answer, controller);
    if (answer.status === 200) void stream.listen();
    return stream;
  }

  /** Waits for the next event of a type that was not returned yet. Events before it are skipped. */
  async next(type: string, timeoutMs = 60_000): Promise<ReceivedEvent> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      while (this.consumed < this.events.length) {
        const event = this.events[this.consumed++];
        if (event.type === type) return event;
      }
      if (this.ended || Date.now() > deadline) {
        throw new Error(
          `no event ${type} arrived; received: ${this.events.map((event) => event.type).join(', ')}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits until the server or this client has closed the stream. */
  async end(timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.ended) {
      if (Date.now() > deadline) throw new Error('the stream did not end');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  close(): void {
    this.controller.abort();
  }

  private async listen(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of this.answer.body!) {
        const text = decoder.decode(chunk as Uint8Array, { stream: true });
        this.text += text;
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) this.handleBlock(block);
      }
    } catch {
      // The stream was closed, by this client or by the server.
    }
    this.ended = true;
  }

  private handleBlock(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (data === undefined) return;
    this.events.push({ id: Number(field('id')), type: field('event') ?? 'message', data: JSON.parse(data) });
  }
}
