/** The environment of a scenario: its own migrated database, and Redis or none. */
export interface BenchEnvironment {
  readonly backend: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** Additional environment variables for the product's processes. */
  readonly env: Record<string, string>;
}
