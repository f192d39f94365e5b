import { CoralPhaseEntity } from './coral-phase/coral-phase.entity.js';
import { ExternalIdEntity } from './import/external-id.entity.js';
import { ImportCancellationEntity } from './import/import-cancellation.entity.js';
import { ImportChunkEntity } from './import/import-chunk.entity.js';
import { ImportCommentEntity } from './import/import-comment.entity.js';
import { ImportFaultEntity } from './import/import-fault.entity.js';
import { ImportLaneEntity } from './import/import-lane.entity.js';
import { ImportReaderEntity } from './import/import-reader.entity.js';
import { ImportStoryEntity } from './import/import-story.entity.js';
import { SiteImportEntity } from './import/site-import.entity.js';

export const TRANSFER_ENTITIES = [
  CoralPhaseEntity,
  ExternalIdEntity,
  ImportCancellationEntity,
  ImportChunkEntity,
  ImportCommentEntity,
  ImportFaultEntity,
  ImportLaneEntity,
  ImportReaderEntity,
  ImportStoryEntity,
  SiteImportEntity,
];
