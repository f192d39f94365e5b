import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { notFound } from '../../../platform/http/problem.js';
import { describeAnalyzer } from './discovery.js';

/** Where Google's client libraries look up how the API is called. OpenAPI leaves it out: it is a description itself. */
@ApiExcludeController()
@Controller('$discovery')
export class DiscoveryController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get('rest')
  @Header('cache-control', 'no-store')
  discover(@Query('version') version: string | string[] | undefined): object {
    if (version !== undefined && version !== 'v1alpha1') throw notFound('This version');
    // From `PUBLIC_URL` alone: clients send their key to what this names, and anybody can send a `Host`.
    return describeAnalyzer(this.settings.publicUrl);
  }
}
