import { ModeratorEntity } from './moderator.entity.js';
import { ModeratorIdentityEntity } from './moderator-identity.entity.js';
import { ModeratorPasskeyEntity } from './moderator-passkey.entity.js';
import { ModeratorRoleEntity } from './moderator-role.entity.js';
import { ModeratorSessionEntity } from './moderator-session.entity.js';
import { ModeratorTotpEntity } from './moderator-totp.entity.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { SignInLinkEntity } from './sign-in-link.entity.js';
import { TeamRuleEntity } from './team-rule.entity.js';

export const STAFF_ENTITIES = [
  ModeratorEntity,
  ModeratorIdentityEntity,
  ModeratorPasskeyEntity,
  ModeratorRoleEntity,
  ModeratorSessionEntity,
  ModeratorTotpEntity,
  PasskeyChallengeEntity,
  RecoveryCodeEntity,
  SignInLinkEntity,
  TeamRuleEntity,
];
