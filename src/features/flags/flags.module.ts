import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FLAGS_ENTITIES } from './flags.entities.js';
import { CommentsModule } from '../comments/comments.module.js';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { FlagRepository } from './flag.repository.js';
import { FlagsController } from './flags.controller.js';
import { FlagsService } from './flags.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(FLAGS_ENTITIES),
    CommentsModule,
    EntitlementsModule,
    ReadersModule,
    StoriesModule,
  ],
  controllers: [FlagsController],
  providers: [FlagRepository, FlagsService],
})
export class FlagsModule {}
