import { Module } from '@nestjs/common';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { LiveConnections } from './live-connections.js';
import { LiveGateUpdates } from './live-gate-updates.js';
import { LiveController } from './live.controller.js';
import { LiveView } from './live.view.js';

@Module({
  imports: [SitesModule, StoriesModule, ReadersModule, EntitlementsModule],
  controllers: [LiveController],
  providers: [LiveConnections, LiveGateUpdates, LiveView],
  exports: [LiveConnections],
})
export class LiveModule {}
