import type { ApiClient } from './api-client.js';
import { problemOf } from './problem.js';

/** One dispatched event: `data` as text, its lines joined by line feeds. */
export interface StreamEvent {
  id: string;
  type: string;
  data: string;
}

/**
 * Parses server-sent events from text chunks split at any point (WHATWG HTML, 9.2.6). Incomplete input is kept for
 * the next chunk. `retry` fields set `retryMs`.
 */
export class EventParser {
  lastEventId = '';
  retryMs: number | null = null;
  #rest = '';
  #type = '';
  #data: string[] = [];

  push(text: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    // A CR at the very end may be the first half of a CRLF, so it waits for the next chunk.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0)
          events.push({ id: this.lastEventId, type: this.#type || 'message', data: this.#data.join('\n') });
        this.#type = '';
        this.#data = [];
      } else this.#field(line);
    }
    return events;
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.lastEventId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
  }
}

/**
 * The delay before reconnecting: 1 s after the first failure, doubling up to 30 s. Half of it is random.
 *
 * @param failures in a row, from 1
 * @param random in [0, 1]
 */
export function backoffMs(failures: number, random: number): number {
  const maxMs = Math.min(30_000, 1000 * 2 ** (failures - 1));
  return maxMs / 2 + (random * maxMs) / 2;
}

export interface EventStreamOptions {
  /** Called in order of arrival. */
  onEvent: (event: StreamEvent) => void;
  /**
   * `open` each time the server responds with a stream; `down` each time a stream ends or fails. `failures` is
   * Infinity if it gives up for good.
   */
  onState?: (state: 'open' | 'down', failures: number) => void;
}

/** Longer silence means that the connection is lost (the server sends a comment line every 15 to 30 s). */
const silenceMs = 75_000;

/**
 * Server-sent events over fetch, so that the token is sent in a header and never in the URL. Reconnects with backoff
 * and `Last-Event-ID` until closed. Gives up for good on a 401, 403 or 404.
 */
export class EventStream {
  readonly #parser = new EventParser();
  #controller: AbortController | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: ApiClient,
    private readonly path: string,
    private readonly options: EventStreamOptions,
  ) {}

  /** Connects. Does nothing if already connected or connecting. */
  open(): void {
    if (this.#controller) return;
    clearTimeout(this.#timer);
    this.#controller = new AbortController();
    void this.#run(this.#controller);
  }

  /** Closes the connection. `open` resumes after the last event received. */
  close(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#controller = null;
  }

  async #run(controller: AbortController): Promise<void> {
    let final = false;
    try {
      await this.#read(controller);
    } catch (error) {
      final = [401, 403, 404].includes(problemOf(error)?.status ?? 0);
    }
    if (this.#controller !== controller) return;
    this.#controller = null;
    this.#failures = final ? Infinity : this.#failures + 1;
    this.options.onState?.('down', this.#failures);
    if (final) return;
    const delayMs = Math.max(this.#parser.retryMs ?? 0, backoffMs(this.#failures, Math.random()));
    this.#timer = setTimeout(() => this.open(), delayMs);
  }

  async #read(controller: AbortController): Promise<void> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (this.#parser.lastEventId) headers['last-event-id'] = this.#parser.lastEventId;
    const response = await this.api.open('GET', this.path, {
      headers,
      signal: controller.signal,
      timeoutMs: 0,
    });
    if (!response.body) return;
    this.options.onState?.('open', this.#failures);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    try {
      for (;;) {
        watchdog = setTimeout(() => controller.abort(), silenceMs);
        const { value, done } = await reader.read();
        clearTimeout(watchdog);
        if (done || controller.signal.aborted) return;
        this.#failures = 0;
        for (const event of this.#parser.push(decoder.decode(value, { stream: true })))
          this.options.onEvent(event);
      }
    } finally {
      clearTimeout(watchdog);
      reader.cancel().catch(() => undefined);
    }
  }
}
