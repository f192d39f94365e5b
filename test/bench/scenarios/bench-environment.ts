/** Where a scenario runs: a migrated database of its own, and Redis or none. */
export interface BenchEnvironment {
  readonly backend: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** What the product's processes get besides. */
  readonly env: Record<string, string>;
}
