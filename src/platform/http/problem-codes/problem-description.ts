/** What the page of a problem code says, in plain text; names of fields and headers are in backticks. */
export interface ProblemDescription {
  /** The HTTP status of the response, or all of them if it depends on the request; `4xx` for any that has no code of its own. */
  readonly status: number | readonly number[] | '4xx';
  /** Why the server responds with this code. */
  readonly cause: string;
  /** What the caller can do about it. */
  readonly remedy: string;
}

export type ProblemDescriptions = Readonly<Record<string, ProblemDescription>>;
