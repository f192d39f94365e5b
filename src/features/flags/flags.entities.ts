import { FlagEntity } from './flag.entity.js';

export const FLAGS_ENTITIES = [FlagEntity];
