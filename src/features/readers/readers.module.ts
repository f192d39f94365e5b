import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { AccountDeletion } from './account-deletion.service.js';
import { CommentSites } from './comment-sites.js';
import { ErasedReaders } from './erased-readers.js';
import { IgnoredAuthors } from './ignored-authors.service.js';
import { KeptStandings } from './kept-standings.js';
import { NameScreens } from './name-screens.js';
import { OwnAccountController } from './own-account.controller.js';
import { ProfileService } from './profile.service.js';
import { PublicationAccount } from './publication-account.service.js';
import { ReaderDirectory } from './reader-directory.js';
import { ReaderGuard } from './reader.guard.js';
import { ReadersController } from './readers.controller.js';
import { SiteKeys } from './site-keys.js';
import { ToldReaders } from './told-readers.js';
import { TokenCheck } from './token-check.js';

/** The site settings come along: whoever uses `@ReaderRoute()` needs them for the guard. */
@Module({
  imports: [SitesModule],
  controllers: [OwnAccountController, ReadersController],
  providers: [
    AccountDeletion,
    CommentSites,
    ErasedReaders,
    IgnoredAuthors,
    KeptStandings,
    NameScreens,
    ProfileService,
    PublicationAccount,
    ReaderDirectory,
    ReaderGuard,
    SiteKeys,
    ToldReaders,
    TokenCheck,
  ],
  exports: [
    SitesModule,
    CommentSites,
    ErasedReaders,
    NameScreens,
    PublicationAccount,
    ReaderDirectory,
    ReaderGuard,
    ToldReaders,
    TokenCheck,
  ],
})
export class ReadersModule {}
