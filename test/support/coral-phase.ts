import { createHmac } from 'node:crypto';

/*
 * Imitates Coral as a client of its external moderation phase. Source: coralproject/talk,
 * services/comments/pipeline/phases/external.ts, services/fetch/fetch.ts, models/settings/signingSecret/helpers.ts.
 */

/** `{secret, inactiveAt?}` as Coral stores them. */
export interface CoralSecret {
  readonly secret: string;
  readonly inactiveAt?: Date;
}

export interface CoralComment {
  readonly body: string;
  readonly action?: 'NEW' | 'EDIT';
  readonly parentID?: string;
  readonly author?: string;
}

/** What Coral does with a response. */
export interface CoralOutcome {
  /**
   * - `answered`: Coral uses the response
   * - `skipped`: the status is not 2xx or the response is empty; Coral proceeds as if there were no phase
   * - `failed`: the response is late, not JSON or invalid in Coral's schema; Coral also proceeds without the phase
   */
  readonly kind: 'answered' | 'skipped' | 'failed';
  readonly httpStatus: number | null;
  /** The response as Coral uses it, without unknown members. */
  readonly result: {
    readonly status?: string;
    readonly actions?: readonly { readonly actionType: string; readonly reason: string }[];
    readonly tags?: readonly string[];
  };
  /** The response text as received. */
  readonly text: string;
  readonly tookMs: number;
}

/** The example request in Coral's documentation, with this comment. */
export const coralRequest = ({ body, action = 'NEW', parentID, author }: CoralComment): object => ({
  action,
  comment: { body, parentID: parentID ?? null },
  author: { id: author ?? 'baf4e943-3594-4fcc-b2ba-3e8de7a76352', role: 'COMMENTER' },
  story: {
    id: '245b3856-b0a0-4d2f-a6bb-58c71f18d6a6',
    url: 'http://localhost:1313/posts/a-story-url/',
  },
  site: { id: 'a4bede88-2d2c-4424-bc18-4322a9e285a6' },
  tenantID: '19ba5794-7eeb-4d46-a81b-c00c61672501',
  tenantDomain: 'localhost',
});

export const signaturesOf = (
  secrets: readonly CoralSecret[],
  body: string | Buffer,
  now = new Date(),
): string =>
  secrets
    .filter(({ inactiveAt }) => !(inactiveAt && inactiveAt <= now))
    .map(({ secret }) => `sha256=${createHmac('sha256', secret).update(body).digest().toString('hex')}`)
    .join(',');

/** Sends a request and handles the response in the same way as Coral. */
export async function sendAsCoral(
  url: string,
  secrets: readonly CoralSecret[],
  request: object,
  timeout = 200,
): Promise<CoralOutcome> {
  const body = JSON.stringify(request, null, 2);
  const startedAt = performance.now();
  const outcome = (
    kind: CoralOutcome['kind'],
    httpStatus: number | null,
    text = '',
    result: CoralOutcome['result'] = {},
  ): CoralOutcome => ({ kind, httpStatus, result, text, tookMs: performance.now() - startedAt });
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: controller.signal,
      headers: {
        'User-Agent': 'Coral Moderation/9.8.0',
        'Content-Type': 'application/json',
        'X-Coral-Signature': signaturesOf(secrets, body),
      },
      body,
    });
  } catch {
    return outcome('failed', null);
  } finally {
    clearTimeout(timer);
  }
  const text = await answer.text();
  if (!answer.ok || answer.status === 204 || text === '' || text === '{}')
    return outcome('skipped', answer.status, text);
  try {
    return outcome('answered', answer.status, text, validated(JSON.parse(text)));
  } catch {
    return outcome('failed', answer.status, text);
  }
}

const STATUSES = ['APPROVED', 'NONE', 'PREMOD', 'REJECTED', 'SYSTEM_WITHHELD'];
const REASONS = ['COMMENT_DETECTED_TOXIC', 'COMMENT_DETECTED_SPAM'];
const TAGS = ['FEATURED', 'STAFF'];

/**
 * Validates like Coral's Joi schema with `stripUnknown`. In that schema, an item of `tags` is `required()`, so an empty
 * list is invalid.
 *
 * @throws if the response is invalid
 */
function validated(value: unknown): CoralOutcome['result'] {
  const check = (isValid: boolean, what: string): void => {
    if (!isValid) throw new Error(`Coral's schema: ${what}`);
  };
  check(typeof value === 'object' && value !== null && !Array.isArray(value), 'no object');
  const { status, actions, tags } = value as CoralOutcome['result'];
  check(status === undefined || STATUSES.includes(status), 'status');
  check(actions === undefined || Array.isArray(actions), 'actions');
  for (const { actionType, reason } of actions ?? [])
    check(actionType === 'FLAG' && REASONS.includes(reason), 'actions');
  check(tags === undefined || (tags.length > 0 && tags.every((tag) => TAGS.includes(tag))), 'tags');
  return {
    ...(status === undefined ? {} : { status }),
    ...(actions === undefined
      ? {}
      : { actions: actions.map(({ actionType, reason }) => ({ actionType, reason })) }),
    ...(tags === undefined ? {} : { tags }),
  };
}
