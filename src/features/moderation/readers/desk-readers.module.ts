import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { DeskReadersController } from './desk-readers.controller.js';
import { ReaderRecordView } from './reader-record.view.js';
import { ReaderRemoval } from './reader-removal.service.js';
import { ReaderSearchView } from './reader-search.view.js';
import { ReaderWords } from './reader-words.service.js';
import { SamePerson } from './same-person.service.js';

/** Readers as moderators know them. */
@Module({
  imports: [SitesModule],
  providers: [ReaderRecordView, ReaderRemoval, ReaderSearchView, ReaderWords, SamePerson],
  controllers: [DeskReadersController],
})
export class DeskReadersModule {}
