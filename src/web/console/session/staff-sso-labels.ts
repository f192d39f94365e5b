/** Why single sign-on could not identify the person: the problem, and what to do. */
const FAULTS: Readonly<Record<string, string>> = {
  denied: 'You left the newsroom’s sign-in without signing in.',
  stale: 'That took too long, or was started in another window. Try again.',
  failed:
    'The newsroom’s sign-in sent an invalid response. Try again. If the problem persists, tell the people who run this service: the reason is in its log.',
  client:
    'The newsroom’s sign-in did not accept Postbag’s registration. The people who run this service must check OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and the redirect address there.',
  unavailable:
    'The newsroom’s sign-in does not answer, or is broken. Try again later, or sign in another way. If the problem persists, tell the people who run it.',
};

/** Why a sign-in by single sign-on was refused. */
export const STAFF_SSO_REFUSALS: Readonly<Record<string, string>> = {
  ...FAULTS,
  unknown:
    'Nobody with that address is in a team here. Ask the owner of your site to invite you with the address of your newsroom account.',
  'not-connected':
    'An account here has your address, and is not connected with the newsroom’s sign-in. If it is yours: sign in another way, then connect the two under Sign-in and security. If you never had one, tell the owner of your site: somebody else wrote your address down.',
};

/** Why the account could not be connected with single sign-on. */
export const STAFF_SSO_CONNECTION_REFUSALS: Readonly<Record<string, string>> = {
  ...FAULTS,
  taken:
    'The account that signed in there belongs to another account here. Sign out there, and connect again with your own.',
};
