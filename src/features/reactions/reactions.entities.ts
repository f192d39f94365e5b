import { ReactionEntity } from './reaction.entity.js';

export const REACTIONS_ENTITIES = [ReactionEntity];
