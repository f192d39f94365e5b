import type { ProblemDescriptions } from './problem-description.js';

/** Problems of publishers' routes: sites, keys, entitlements, scoring, webhooks, imports. */
export const PUBLISHER_PROBLEMS = {
  'bound-to-sites': {
    status: 403,
    cause: 'The key or account is limited to certain sites, so it cannot add a site.',
    remedy: 'Use the admin key, or a key without `sites`.',
  },
  'site-busy': {
    status: 409,
    cause: 'Another request is changing or deleting the same site.',
    remedy: 'Try again in a moment.',
  },
  'beyond-your-own': {
    status: 403,
    cause: 'A key can only have scopes and sites that its creator has.',
    remedy: 'Ask for fewer scopes or sites, or create the key with the admin key.',
  },
  'policy-moved-on': {
    status: 409,
    cause: 'Somebody else has changed the policy since you loaded it.',
    remedy: 'Load the policy again and repeat your change.',
  },
  'tier-in-use': {
    status: 409,
    cause: 'A policy still uses a tier that the new list of tiers does not have.',
    remedy: 'Change the policy that `detail` names, then replace the tiers.',
  },
  'too-many-overrides': {
    status: 409,
    cause: 'The site already has as many overrides of its policy as are allowed.',
    remedy: 'Delete overrides that are no longer needed.',
  },
  'too-few-decisions': {
    status: 409,
    cause:
      'The model cannot publish comments in this language yet, because too few decisions of moderators exist to measure its errors.',
    remedy: 'Keep the language on `assist` until `decisions` reaches `decisionsNeeded`.',
  },
  'too-many-wrong': {
    status: 409,
    cause:
      'The model cannot publish comments in this language, because it would publish too many that moderators refuse.',
    remedy: 'Keep the language on `assist`. More decisions make the measurement more precise.',
  },
  'seats-taken': {
    status: 409,
    cause: 'More seats of the organisation are taken than it would have.',
    remedy: 'Free seats first; `taken` is their present number.',
  },
  'no-seat-left': {
    status: 409,
    cause: 'All seats of the organisation are taken.',
    remedy: 'Free a seat, or increase `seats` of the organisation.',
  },
  'provider-unavailable': {
    status: 503,
    cause: 'The billing provider was asked for the rest of a notification and did not respond.',
    remedy: 'Providers send the notification again later. No action is needed.',
  },
  'too-many-scorers': {
    status: 409,
    cause: 'The site already has as many external scorers as are allowed.',
    remedy: 'Delete one first.',
  },
  'not-our-secret': {
    status: 409,
    cause: 'The operator of the external scorer issues its key, so Postbag cannot make a new one.',
    remedy: 'Get a new key from the operator and send it with `PUT`.',
  },
  'picks-off': {
    status: 409,
    cause: 'Learning from picks is switched off for this site.',
    remedy: 'Switch it on with `PUT …/picks-model` first.',
  },
  'learning-off': {
    status: 409,
    cause: 'Learning is switched off in the policy of the site.',
    remedy: 'Set `moderation.learning` in the policy first.',
  },
  'not-better': {
    status: 409,
    cause: 'The site model is not better than the shipped model on decisions that it was not trained on.',
    remedy: 'Train it again when there are more decisions.',
  },
  'other-model': {
    status: 409,
    cause: 'The site model was trained together with another version of the shipped model.',
    remedy: 'Train a new site model.',
  },
  'calibration-running': {
    status: 409,
    cause: 'Two scorers of the site are already being compared.',
    remedy: 'Stop that comparison, or wait for its end.',
  },
  'nothing-to-adopt': {
    status: 409,
    cause: 'The comparison has found no threshold that is certain enough.',
    remedy: 'Wait for more comments, or name the labels whose uncertain thresholds you want.',
  },
  'too-many-endpoints': {
    status: 409,
    cause: 'The site already has as many webhook endpoints as are allowed.',
    remedy: 'Delete one first.',
  },
  'endpoint-disabled': {
    status: 409,
    cause: 'The webhook endpoint is disabled, so nothing is sent to it.',
    remedy: 'Enable it first, with `PATCH …/webhooks/:id`.',
  },
  'import-running': {
    status: 409,
    cause: 'Another import of the site is running.',
    remedy: 'Wait for its end, or cancel it.',
  },
  'import-given-up': {
    status: 409,
    cause: 'The upload was cancelled, or no data arrived for too long.',
    remedy: 'Start the import again. What was already imported is not imported twice.',
  },
  'import-ended': {
    status: 409,
    cause: 'The import has already ended, so it cannot be cancelled.',
    remedy: 'No action is needed.',
  },
} as const satisfies ProblemDescriptions;
