import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { notFound } from '../../../platform/http/problem.js';
import { describeAnalyzer } from './discovery.js';

/**
 * Google's client libraries read the API description here. It is not listed in OpenAPI because it is itself a
 * description.
 */
@ApiExcludeController()
@Controller('$discovery')
export class DiscoveryController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get('rest')
  @Header('cache-control', 'no-store')
  discover(@Query('version') version: string | string[] | undefined): object {
    if (version !== undefined && version !== 'v1alpha1') throw notFound('This version');
    // Built from `PUBLIC_URL` only. Clients send their key to this URL, and anyone can forge a `Host` header.
    return describeAnalyzer(this.settings.publicUrl);
  }
}
