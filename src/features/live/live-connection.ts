import type { ServerResponse } from 'node:http';
import type { SignedInReader } from '../readers/signed-in-reader.js';

// A client that leaves more than this unread has probably gone, and we must not buffer without limit. It is
// disconnected and can reconnect to catch up.
const MAX_WAITING_BYTES = 512 * 1024;

/** One open stream. */
export class LiveConnection {
  private readonly endListeners: (() => void)[] = [];
  private isEnded = false;

  constructor(
    private readonly raw: ServerResponse,
    /** Null if nobody is signed in. */
    readonly reader: SignedInReader | null,
  ) {
    raw.once('close', () => this.finish());
    raw.on('error', () => this.finish());
  }

  get isOpen(): boolean {
    return !this.isEnded;
  }

  send(text: string): void {
    if (this.isEnded || text === '') return;
    if (this.raw.writableLength > MAX_WAITING_BYTES) this.raw.destroy();
    else this.raw.write(text);
  }

  /** Runs at once if the connection has already ended. */
  onEnd(work: () => void): void {
    if (this.isEnded) work();
    else this.endListeners.push(work);
  }

  end(): void {
    if (this.isEnded) return;
    this.raw.end();
    this.finish();
  }

  private finish(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.endListeners.splice(0).forEach((work) => work());
  }
}
