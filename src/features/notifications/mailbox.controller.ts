import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import { forbidden } from '../../platform/http/problem.js';
import { Mailbox } from '../../platform/mail/mailbox.js';
import type { PublisherPrincipal } from '../sites/publisher-reach.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { Caller } from '../sites/site.params.js';
import { MailPage } from './mailbox.dto.js';

/** For who runs the service: letters hold links that let people in. */
@ApiTags('mail')
@PublisherScope('publisher')
@Controller('api/v1/mail')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'E-mails of every site, and what became of them; takes the admin key alone' })
  @ApiOkResponse({ type: MailPage })
  list(@Caller() caller: PublisherPrincipal, @Query() { cursor, limit }: PageQuery): Promise<MailPage> {
    if (caller.kind !== 'admin') throw forbidden('admin-required', 'This takes the admin key.');
    return this.mailbox.list(cursor, limit);
  }
}
