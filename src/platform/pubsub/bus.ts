/** Carries messages between processes. */
export interface Bus {
  /**
   * @param onMessage called with every payload that any process sent, including this one
   * @param onLost called at least once when the returned connection is no longer usable
   * @returns a connection that is listening; rejects if it cannot listen
   */
  connect(onMessage: (payload: string) => void, onLost: (error: unknown) => void): Promise<BusConnection>;
}

export interface BusConnection {
  /** Sends in this order; rejects if any payload may not have been sent. */
  send(payloads: readonly string[]): Promise<void>;
  /** Resolves if the other side responds. */
  ping(): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}
