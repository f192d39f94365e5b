const EVERY_MS = 5_000;

/** @returns a function that prints how much is done to stderr, at most every five seconds */
export function progressOf(what: string, total: number): (done: number) => void {
  let printedAt = performance.now();
  return (done) => {
    if (performance.now() - printedAt < EVERY_MS) return;
    printedAt = performance.now();
    console.error(`${what}: ${done} of ${total}`);
  };
}
