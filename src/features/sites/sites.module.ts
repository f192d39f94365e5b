import { Module } from '@nestjs/common';
import { SiteSettings } from './site-settings.js';

@Module({
  providers: [SiteSettings],
  exports: [SiteSettings],
})
export class SitesModule {}
