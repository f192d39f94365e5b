import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Tx } from '../database/database.js';
import type { Bus, BusConnection } from './bus.js';

/** In UTF-8; PostgreSQL limits a notification to 8,000 bytes including topic and sender. */
export const MAX_MESSAGE_BYTES = 7_000;
/** How many of the latest messages are kept while the bus is unavailable. */
const MAX_BUFFERED = 10_000;
const BATCH_SIZE = 100;
/**
 * Minimum time between two sends, so that the messages of a burst are sent together. A single message is sent
 * immediately.
 */
const SEND_GAP_MS = 4;
const GAP_INTERVAL_MS = 2_000;
const PING_EVERY_MS = 3_000;
const PING_TIMEOUT_MS = 3_000;
const RECONNECT_MS = [50, 100, 250, 500, 1_000, 2_000];

type Listener = (message: string) => void;

/**
 * Notifies all processes of committed changes. Messages are delivered at most once: if a process dies between a commit
 * and the send, the message is lost, so caches that rely on messages must also expire their entries. Messages of one
 * process arrive in the order of its commits.
 */
export class PubSub {
  private readonly logger = new Logger('pubsub');
  /** Identifies the sender; a process ignores its own messages, since its local listeners were called before. */
  private readonly senderId = randomUUID();
  private readonly listenersByTopic = new Map<string, Set<Listener>>();
  private readonly listenersByPrefix = new Map<string, Set<Listener>>();
  private readonly gapListeners = new Set<() => void>();
  private readonly outgoing: string[] = [];
  private sending = false;
  private connection: BusConnection | null = null;
  private failures = 0;
  private closing = false;
  private retryTimer: NodeJS.Timeout | undefined;
  private gapTimer: NodeJS.Timeout | undefined;
  private pingTimer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  /** Resolves when it listens, or when the first attempt has failed; further attempts follow automatically. */
  async open(): Promise<void> {
    await this.connect();
    this.pingTimer = setInterval(() => void this.ping(), PING_EVERY_MS);
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retryTimer);
    clearInterval(this.gapTimer);
    clearInterval(this.pingTimer);
    const connection = this.connection;
    this.connection = null;
    const unsent = this.outgoing.splice(0);
    if (unsent.length > 0) await connection?.send(unsent).catch(() => undefined);
    await connection?.close();
  }

  /**
   * Calls listeners after the commit: first the local ones, synchronously, then those of other processes. After a
   * rollback none is called.
   *
   * @param topic without spaces
   * @param message up to MAX_MESSAGE_BYTES
   * @throws RangeError if the message is too long
   */
  async publish(tx: Tx, topic: string, message: string): Promise<void> {
    this.checkMessage(topic, message);
    tx.afterCommit(() => this.deliverEverywhere(topic, message));
  }

  /**
   * Like `publish`, for a change that is already committed.
   *
   * @throws RangeError if the message is too long
   */
  announce(topic: string, message: string): void {
    this.checkMessage(topic, message);
    this.deliverEverywhere(topic, message);
  }

  private checkMessage(topic: string, message: string): void {
    if (/\s/.test(topic)) throw new RangeError(`"${topic}" is not a valid topic`);
    if (Buffer.byteLength(topic) + Buffer.byteLength(message) > MAX_MESSAGE_BYTES) {
      throw new RangeError(`a message on ${topic} has more than ${MAX_MESSAGE_BYTES} bytes`);
    }
  }

  /** Calls the local listeners, then sends the message to the other processes. */
  private deliverEverywhere(topic: string, message: string): void {
    this.deliver(topic, message);
    this.enqueue(`${this.senderId} ${topic} ${message}`);
  }

  /**
   * @param topic an exact topic, or a prefix ending in `:*`
   * @param listener must not throw, and must be quick or do its work elsewhere
   * @returns ends the subscription
   */
  subscribe(topic: string, listener: Listener): () => void {
    const [listeners, key] = topic.endsWith(':*')
      ? [this.listenersByPrefix, topic.slice(0, -1)]
      : [this.listenersByTopic, topic];
    const set = listeners.get(key) ?? new Set();
    // A separate function for each subscription, so that the same listener can be subscribed twice.
    const subscription: Listener = (message) => listener(message);
    listeners.set(key, set.add(subscription));
    return () => {
      set.delete(subscription);
      if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
    };
  }

  /**
   * Calls `listener` when messages of other processes may have been missed: when the connection is restored, and
   * every two seconds while it is down. Caches then drop their entries, and streams read again.
   *
   * @returns ends the subscription
   */
  onGap(listener: () => void): () => void {
    const subscription = (): void => listener();
    this.gapListeners.add(subscription);
    return () => this.gapListeners.delete(subscription);
  }

  private async connect(): Promise<void> {
    let connection: BusConnection | null = null;
    try {
      connection = await this.bus.connect(
        (payload) => this.onPayload(payload),
        (error) => this.handleLostConnection(connection, error),
      );
    } catch (error) {
      this.retry(error);
      return;
    }
    if (this.closing) return connection.close();
    this.connection = connection;
    clearInterval(this.gapTimer);
    this.gapTimer = undefined;
    if (this.failures > 0) this.notifyGap();
    this.failures = 0;
    this.flush();
  }

  private handleLostConnection(connection: BusConnection | null, error: unknown): void {
    if (this.closing || connection === null || this.connection !== connection) return;
    this.connection = null;
    void connection.close();
    this.retry(error);
  }

  private retry(error: unknown): void {
    if (this.closing) return;
    if (this.failures === 0) {
      this.logger.warn({ event: 'pubsub.connection-lost', error });
      this.notifyGap();
      this.gapTimer = setInterval(() => this.notifyGap(), GAP_INTERVAL_MS);
    }
    const delayMs = RECONNECT_MS[Math.min(this.failures, RECONNECT_MS.length - 1)];
    this.failures += 1;
    this.retryTimer = setTimeout(() => void this.connect(), delayMs);
  }

  /** @throws Error if the bus cannot be reached */
  async checkConnection(): Promise<void> {
    if (!this.connection) throw new Error('the message bus is unavailable');
    await this.connection.ping();
  }

  /** Detects a connection that broke without an error. */
  private async ping(): Promise<void> {
    const connection = this.connection;
    if (!connection) return;
    const timer = setTimeout(
      () => this.handleLostConnection(connection, new Error('no answer')),
      PING_TIMEOUT_MS,
    );
    await connection.ping().catch((error: unknown) => this.handleLostConnection(connection, error));
    clearTimeout(timer);
  }

  private onPayload(payload: string): void {
    const [sender, topic] = payload.split(' ', 2);
    if (sender === undefined || topic === undefined || sender === this.senderId) return;
    this.deliver(topic, payload.slice(sender.length + topic.length + 2));
  }

  private notifyGap(): void {
    for (const listener of [...this.gapListeners]) this.callSafely('gap', () => listener());
  }

  /** Sends pending messages if the bus is available. */
  private flush(): void {
    const connection = this.connection;
    if (this.sending || this.outgoing.length === 0 || !connection) return;
    this.sending = true;
    const batch = this.outgoing.splice(0, BATCH_SIZE);
    const sent = connection.send(batch).then(
      () => sleep(SEND_GAP_MS),
      (error: unknown) => {
        // The next connection sends these.
        this.outgoing.unshift(...batch);
        this.handleLostConnection(connection, error);
      },
    );
    void sent.then(() => {
      this.sending = false;
      this.flush();
    });
  }

  private enqueue(payload: string): void {
    // A burst of identical messages, such as calls to wake the relay, becomes one message.
    if (this.outgoing.at(-1) === payload) return;
    this.outgoing.push(payload);
    if (this.outgoing.length > MAX_BUFFERED) this.outgoing.shift();
    this.flush();
  }

  private deliver(topic: string, message: string): void {
    const call = (listener: Listener): void => this.callSafely(topic, () => listener(message));
    [...(this.listenersByTopic.get(topic) ?? [])].forEach(call);
    for (const [prefix, listeners] of this.listenersByPrefix) {
      if (topic.startsWith(prefix)) [...listeners].forEach(call);
    }
  }

  private callSafely(topic: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.logger.error({ event: 'pubsub.listener-failed', topic: topic.split(':', 1)[0], error });
    }
  }
}
