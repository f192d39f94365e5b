import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READERS_ENTITIES } from './readers.entities.js';
import { SitesModule } from '../sites/sites.module.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { CommentSiteResolver } from './comment-site-resolver.js';
import { ErasedReaders } from './erased-readers.js';
import { IgnoredAuthorsService } from './ignored-authors.service.js';
import { SanctionTombstones } from './sanction-tombstones.js';
import { DisplayNameModeration } from './display-name-moderation.js';
import { MyAccountController } from './my-account.controller.js';
import { ProfileService } from './profile.service.js';
import { PublicationAccountService } from './publication-account.service.js';
import { ReaderDirectory } from './reader-directory.js';
import { ReaderGuard } from './reader.guard.js';
import { ReadersController } from './readers.controller.js';
import { TokenVerificationKeys } from './token-verification-keys.js';
import { ReaderSync } from './reader-sync.js';
import { TokenCheck } from './token-check.js';

/** Re-exports the site settings because the guard of `@ReaderRoute()` needs them. */
@Module({
  imports: [TypeOrmModule.forFeature(READERS_ENTITIES), SitesModule],
  controllers: [MyAccountController, ReadersController],
  providers: [
    AccountDeletionService,
    CommentSiteResolver,
    ErasedReaders,
    IgnoredAuthorsService,
    SanctionTombstones,
    DisplayNameModeration,
    ProfileService,
    PublicationAccountService,
    ReaderDirectory,
    ReaderGuard,
    TokenVerificationKeys,
    ReaderSync,
    TokenCheck,
  ],
  exports: [
    SitesModule,
    CommentSiteResolver,
    ErasedReaders,
    DisplayNameModeration,
    PublicationAccountService,
    ReaderDirectory,
    ReaderGuard,
    ReaderSync,
    TokenCheck,
  ],
})
export class ReadersModule {}
