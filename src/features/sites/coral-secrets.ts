import type { SecretVersion } from '../../platform/config/secret-versions.js';
import type { Secrets } from '../../platform/config/secrets.js';
import type { SiteId } from '../../platform/ids.js';

const contextOf = (siteId: SiteId): string => `coral-phase:${siteId}`;

export const openCoralSecrets = (
  secrets: Secrets,
  siteId: SiteId,
  sealed: string,
): readonly SecretVersion[] => JSON.parse(secrets.open(sealed, contextOf(siteId))) as SecretVersion[];

export const sealCoralSecrets = (
  secrets: Secrets,
  siteId: SiteId,
  versions: readonly SecretVersion[],
): string => secrets.seal(JSON.stringify(versions), contextOf(siteId));
