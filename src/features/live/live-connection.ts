import type { ServerResponse } from 'node:http';
import type { SignedInReader } from '../readers/signed-in-reader.js';

// A client with more unread data than this is disconnected, so that the buffer stays limited. It can reconnect and
// receive what it missed.
const MAX_BUFFERED_BYTES = 512 * 1024;

/** One open event stream. */
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
    if (this.raw.writableLength > MAX_BUFFERED_BYTES) this.raw.destroy();
    else this.raw.write(text);
  }

  /** Calls the listener when the connection ends, or immediately if it has already ended. */
  onEnd(listener: () => void): void {
    if (this.isEnded) listener();
    else this.endListeners.push(listener);
  }

  end(): void {
    if (this.isEnded) return;
    this.raw.end();
    this.finish();
  }

  private finish(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.endListeners.splice(0).forEach((listener) => listener());
  }
}
