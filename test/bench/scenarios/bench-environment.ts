/** The environment of a scenario: a separate database, and Redis or not. */
export interface BenchEnvironment {
  readonly backend: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** Additional environment variables for the product's processes. */
  readonly env: Record<string, string>;
}
