import { AuditChainEntity } from './audit-chain.entity.js';
import { AuditEntryEntity } from './audit-entry.entity.js';

export const AUDIT_ENTITIES = [AuditChainEntity, AuditEntryEntity];
