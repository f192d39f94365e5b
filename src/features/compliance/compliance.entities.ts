import { LegalNoticeEntity } from './legal-notice.entity.js';

export const COMPLIANCE_ENTITIES = [LegalNoticeEntity];
