import { ErasedReaderEntity } from './erased-reader.entity.js';
import { IgnoredAuthorEntity } from './ignored-author.entity.js';
import { ReaderEntity } from './reader.entity.js';
import { ReaderDeletionEntity } from './reader-deletion.entity.js';
import { ReaderFactEntity } from './reader-fact.entity.js';
import { ReaderSearchWordEntity } from './reader-search-word.entity.js';
import { SanctionTombstoneEntity } from './sanction-tombstone.entity.js';

export const READERS_ENTITIES = [
  ErasedReaderEntity,
  IgnoredAuthorEntity,
  ReaderEntity,
  ReaderDeletionEntity,
  ReaderFactEntity,
  ReaderSearchWordEntity,
  SanctionTombstoneEntity,
];
