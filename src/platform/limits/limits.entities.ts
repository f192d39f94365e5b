import { LimitCounterEntity } from './limit-counter.entity.js';

export const LIMITS_ENTITIES = [LimitCounterEntity];
