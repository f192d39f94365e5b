import { Controller, Get, Header, Inject, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { hasDefaultPublicUrl, SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { notFound } from '../../../platform/http/problem.js';
import { describeAnalyzer } from './discovery.js';

/** Where Google's client libraries look up how the API is called. OpenAPI leaves it out: it is a description itself. */
@ApiExcludeController()
@Controller('$discovery')
export class DiscoveryController {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get('rest')
  @Header('cache-control', 'no-store')
  discover(@Req() request: FastifyRequest, @Query('version') version: string | string[] | undefined): object {
    if (version !== undefined && version !== 'v1alpha1') throw notFound('This version');
    return describeAnalyzer(this.rootUrl(request));
  }

  /** Clients call what this names: the public address if one is set, else the address at which they reached us. */
  private rootUrl({ protocol, host }: FastifyRequest): string {
    const reached = `${protocol}://${host}`;
    return hasDefaultPublicUrl(this.settings) && URL.canParse(reached)
      ? new URL(reached).origin
      : this.settings.publicUrl;
  }
}
