import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { ModerationReadersController } from './moderation-readers.controller.js';
import { ReaderRecordView } from './reader-record.view.js';
import { ReaderRemovalService } from './reader-removal.service.js';
import { ReaderSearchView } from './reader-search.view.js';
import { ReaderNotesAndMessagesService } from './reader-notes-and-messages.service.js';
import { SamePersonService } from './same-person.service.js';

/** The moderators' view of readers. */
@Module({
  imports: [SitesModule],
  providers: [
    ReaderRecordView,
    ReaderRemovalService,
    ReaderSearchView,
    ReaderNotesAndMessagesService,
    SamePersonService,
  ],
  controllers: [ModerationReadersController],
})
export class ModerationReadersModule {}
