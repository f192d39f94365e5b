import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { GateService } from './gate.service.js';

@Module({
  imports: [SitesModule, StoriesModule, ReadersModule],
  providers: [GateService],
  exports: [GateService],
})
export class EntitlementsModule {}
