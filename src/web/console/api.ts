import { accessApi } from './api/access.js';
import { policyApi } from './api/policy.js';
import { qualityApi } from './api/quality.js';
import { queueApi } from './api/queue.js';
import { readersApi } from './api/readers.js';
import { scorersApi } from './api/scorers.js';
import { sessionApi } from './api/session.js';
import { settingsApi } from './api/settings.js';
import { storiesApi } from './api/stories.js';
import { teamApi } from './api/team.js';
import { webhooksApi } from './api/webhooks.js';

export { onConfirmRequired, onSessionEnded, ProblemError, UnreachableError } from './api/call.js';
export type { Credentials, Proof } from './api/session.js';

/** All API calls of the console. */
export const api = {
  ...sessionApi,
  ...teamApi,
  ...queueApi,
  ...readersApi,
  ...storiesApi,
  ...qualityApi,
  ...policyApi,
  ...webhooksApi,
  ...accessApi,
  ...scorersApi,
  ...settingsApi,
};
