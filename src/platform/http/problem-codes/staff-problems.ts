import type { ProblemDescriptions } from './problem-description.js';

/** Problems of the console's accounts: signing in, second factors, teams. */
export const STAFF_PROBLEMS = {
  'no-session': {
    status: 401,
    cause: 'The request has no session of the console, or the session has ended.',
    remedy: 'Sign in to the console again.',
  },
  csrf: {
    status: 403,
    cause: 'A write with a session cookie lacks the header `X-Postbag-Console: 1`.',
    remedy: 'Send the header. Programs should use a key, which does not need it.',
  },
  'confirm-required': {
    status: 403,
    cause: 'This shows or changes a secret or an access right, and you signed in too long ago.',
    remedy: 'Confirm your identity with `POST /api/v1/console/confirmation`, then repeat the request.',
  },
  'admin-required': {
    status: 403,
    cause: 'The route requires the admin key.',
    remedy: 'Use the key in `ADMIN_KEY`.',
  },
  'bad-credentials': {
    status: 401,
    cause: 'The email address or the password is wrong.',
    remedy: 'Try again, or ask an owner of your site for a new sign-in link.',
  },
  'link-used': {
    status: 401,
    cause: 'The sign-in link has already been used or is no longer valid.',
    remedy: 'Ask for a new link.',
  },
  'bad-password': {
    status: 403,
    cause: 'The password is wrong.',
    remedy: 'Try again with the password of your account.',
  },
  'no-password': {
    status: 409,
    cause: 'The account has no password, so it cannot be confirmed with one.',
    remedy: 'Set a password in your account first.',
  },
  'bad-passkey': {
    status: [401, 403],
    cause: 'The passkey does not belong to the account, or the response came too late.',
    remedy: 'Try again, with a passkey of the account.',
  },
  'passkey-known': {
    status: 409,
    cause: 'The passkey is already registered.',
    remedy: 'No action is needed.',
  },
  'too-many-passkeys': {
    status: 409,
    cause: 'The account already has as many passkeys as are allowed.',
    remedy: 'Remove one first.',
  },
  'no-passkeys-here': {
    status: 409,
    cause: 'Browsers allow passkeys only on https, or on localhost.',
    remedy: 'The operator must set `PUBLIC_URL` to an https address with a host name.',
  },
  'second-factor-required': {
    status: 403,
    cause: 'The site requires a second factor from its team, and this session was started without one.',
    remedy: 'Set up a second factor in your account, or sign in with it.',
  },
  'second-factor-needed': {
    status: [401, 403],
    cause: 'The account has a second factor, and the request has none.',
    remedy: 'Send `code` or `recoveryCode` too, by one of the `methods`.',
  },
  'bad-second-factor': {
    status: [401, 403],
    cause: 'The code is wrong or was already used.',
    remedy: 'Send the next code of your app, or an unused recovery code.',
  },
  'not-begun': {
    status: 409,
    cause: 'No setup of a second factor is in progress, or it took too long.',
    remedy: 'Start the setup again.',
  },
  'no-app': {
    status: 409,
    cause: 'No app for one-time codes is set up, so none can be removed.',
    remedy: 'No action is needed.',
  },
  'no-second-factor': {
    status: 409,
    cause: 'Recovery codes replace a lost second factor, and the account has none.',
    remedy: 'Set up a second factor first.',
  },
  'last-second-factor': {
    status: 409,
    cause: 'A site that you work for requires a second factor, and this is your last one.',
    remedy: 'Set up another one first.',
  },
  'email-taken': {
    status: 409,
    cause: 'Another account already has this email address.',
    remedy: 'Use another address, or sign in to that account.',
  },
  'no-staff-sso': {
    status: 409,
    cause: 'Single sign-on for staff is not configured.',
    remedy: 'The operator must set `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`.',
  },
  'staff-sso-unavailable': {
    status: 409,
    cause: 'The single sign-on of the newsroom does not respond.',
    remedy: 'Try again later. If it happens again, tell the operator.',
  },
  'already-member': {
    status: 409,
    cause: 'Somebody with this email address is already on the team.',
    remedy: 'Change the role of the existing member instead.',
  },
  'account-elsewhere': {
    status: 409,
    cause: 'The email address belongs to an account on none of your teams, and the address is not verified.',
    remedy:
      'Invite the person without the address, so that the link creates a new account, or ask the operator.',
  },
  'other-sites': {
    status: 403,
    cause: 'The account also works for sites where your role does not allow this.',
    remedy: 'Ask somebody who has the role on all of those sites.',
  },
  'last-owner': {
    status: 409,
    cause: 'A site needs at least one owner who has signed in.',
    remedy: 'Make somebody else an owner first.',
  },
  'role-everywhere': {
    status: 409,
    cause: 'The role applies to every site and cannot be changed on a single one.',
    remedy: 'Ask the operator to change it.',
  },
} as const satisfies ProblemDescriptions;
