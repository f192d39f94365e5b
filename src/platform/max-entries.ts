/**
 * Options for an `LRUCache` with a limited number of entries. Its own option `max` allocates space for all of them in
 * advance; with these options it uses only what it holds, which saves an idle process ten megabytes.
 */
export const maxEntries = (entries: number): { maxSize: number; sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
});
