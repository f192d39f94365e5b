import { IdempotencyRecordEntity } from './idempotency-record.entity.js';

export const HTTP_ENTITIES = [IdempotencyRecordEntity];
