import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forbidden } from '../../platform/http/problem.js';
import type { SiteId } from '../../platform/ids.js';
import { Mailbox } from '../../platform/mail/mailbox.js';
import type { PublisherPrincipal } from '../sites/publisher-access.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { MailPage, MailQuery } from './mailbox.dto.js';

/** For who runs the service: letters hold links that let people in. */
@ApiTags('mail')
@PublisherScope('publisher')
@Controller('api/v1/mail')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({
    summary: 'E-mails of every site or of one, and what became of them; takes the admin key alone',
  })
  @ApiOkResponse({ type: MailPage })
  list(
    @CurrentPrincipal() caller: PublisherPrincipal,
    @Query() { site, cursor, limit }: MailQuery,
  ): Promise<MailPage> {
    if (caller.kind !== 'admin') throw forbidden('admin-required', 'This takes the admin key.');
    return this.mailbox.list((site?.toLowerCase() ?? null) as SiteId | null, cursor, limit);
  }
}
