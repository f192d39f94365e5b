import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Json } from './site-fixture.js';

/** An open stream of server-sent events, read without EventSource. */
export interface OpenEvents {
  /** Returns the next event of that name and skips those before it. @throws if none arrives within `withinMs` */
  next(name: string, withinMs?: number): Promise<Json>;
  close(): void;
}

/** @throws if the response is not a stream */
export async function openEventStream(
  url: string,
  headers: Record<string, string> = {},
): Promise<OpenEvents> {
  // Do not use fetch: after an abort, it opens another connection in advance, and the server would wait for it when it
  // stops.
  const request = get(url, { headers, agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200 || !answer.headers['content-type']?.startsWith('text/event-stream')) {
    request.destroy();
    throw new Error(`${answer.statusCode} ${answer.headers['content-type']}`);
  }
  const events: { name: string; data: unknown }[] = [];
  let wake: () => void = () => undefined;
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer) {
      text += decoder.decode(chunk as Buffer, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const field = (name: string): string | undefined =>
          new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined) events.push({ name: field('event') ?? 'message', data: JSON.parse(data) });
      }
      wake();
    }
  };
  read().catch(() => undefined);
  return {
    async next(name, withinMs = 60_000) {
      const deadline = performance.now() + withinMs;
      for (;;) {
        while (events.length > 0) {
          const event = events.shift()!;
          if (event.name === name) return event.data;
        }
        const remainingMs = deadline - performance.now();
        if (remainingMs <= 0) throw new Error(`no event ${name} within ${withinMs} ms`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, remainingMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    close: () => void request.destroy(),
  };
}
