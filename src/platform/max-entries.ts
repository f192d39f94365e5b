/**
 * For an `LRUCache` that holds at most so many entries. Its own option `max` sets room aside for all of them at once;
 * with this it takes what it holds, and a process at rest is smaller by ten megabytes.
 */
export const maxEntries = (entries: number): { maxSize: number; sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
});
