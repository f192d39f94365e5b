import { OutboxEntity } from './outbox.entity.js';
import { OutboxJobEntity } from './outbox-job.entity.js';

export const OUTBOX_ENTITIES = [OutboxEntity, OutboxJobEntity];
