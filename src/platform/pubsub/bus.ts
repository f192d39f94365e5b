/** What carries messages between processes. */
export interface Bus {
  /**
   * @param hear called with every payload that any process sent, one's own too
   * @param lost called at least once when the connection, already handed out, is of no more use
   * @returns when it listens; rejects when it can't
   */
  connect(hear: (payload: string) => void, lost: (error: unknown) => void): Promise<BusConnection>;
}

export interface BusConnection {
  /** In this order; rejects when any of them may not have gone. */
  send(payloads: readonly string[]): Promise<void>;
  /** Resolves when the other side answers. */
  ping(): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}
