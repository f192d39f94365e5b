import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FOLLOWING_ENTITIES } from './following.entities.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { FollowingController } from './following.controller.js';
import { FollowingRepository } from './following.repository.js';
import { FollowingService } from './following.service.js';
import { PortfolioService } from './portfolio.service.js';
import { PortfoliosController } from './portfolios.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature(FOLLOWING_ENTITIES), ReadersModule, StoriesModule],
  controllers: [FollowingController, PortfoliosController],
  providers: [FollowingRepository, FollowingService, PortfolioService],
  exports: [FollowingRepository],
})
export class FollowingModule {}
