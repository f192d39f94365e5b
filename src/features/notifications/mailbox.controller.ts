import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forbidden } from '../../platform/http/problem.js';
import type { SiteId } from '../../platform/ids.js';
import { Mailbox } from '../../platform/mail/mailbox.js';
import type { PublisherPrincipal } from '../sites/publisher-access.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { MailPage, MailQuery } from './mailbox.dto.js';

/** For operators only, because emails contain links that grant access. */
@ApiTags('mail')
@PublisherScope('publisher')
@Controller('api/v1/mail')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({
    summary: 'List emails of all sites or of one, with their delivery state; requires the admin key',
  })
  @ApiOkResponse({ type: MailPage })
  list(
    @CurrentPrincipal() caller: PublisherPrincipal,
    @Query() { site, cursor, limit }: MailQuery,
  ): Promise<MailPage> {
    if (caller.kind !== 'admin') throw forbidden('admin-required', 'This route requires the admin key.');
    return this.mailbox.list((site?.toLowerCase() ?? null) as SiteId | null, cursor, limit);
  }
}
