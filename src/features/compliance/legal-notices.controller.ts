import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { preferredLanguage } from '../../platform/http/accept-language.js';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import type { CommentId } from '../../platform/ids.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { LegalNoticeAnswer, LegalNoticeReceipt, LegalNoticeRequest } from './legal-notices.dto.js';
import { LegalNoticesService } from './legal-notices.service.js';

@ApiTags('notices')
@Controller('api/v1')
export class LegalNoticesController {
  constructor(private readonly notices: LegalNoticesService) {}

  @Post('comments/:id/notices')
  @ReaderRoute({ site: 'comment', token: 'optional', store: false })
  @ApiOperation({
    summary: 'Report that a published comment is illegal',
    description:
      'Anybody can do this, without signing in (Digital Services Act, Article 16). With an `email`, the receipt and later the decision are sent to it, in the language of `Accept-Language`. Name, address and explanation are erased six months after the decision.',
  })
  @ApiCreatedResponse({ type: LegalNoticeReceipt })
  submit(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Req() { ip, headers }: FastifyRequest,
    @Body() body: LegalNoticeRequest,
  ): Promise<LegalNoticeReceipt> {
    return this.notices.submit(ctx, id.toLowerCase() as CommentId, body, {
      network: clientNetwork(ip),
      language: preferredLanguage(headers['accept-language']) ?? 'en',
    });
  }

  @Get('notices/:reference')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Read the status of a notice, its decision and how to contest it' })
  @ApiOkResponse({ type: LegalNoticeAnswer })
  read(@Param('reference') reference: string, @Req() { id }: FastifyRequest): Promise<LegalNoticeAnswer> {
    return this.notices.read(reference, id);
  }

  @Delete('notices/:reference/notifier')
  @IgnoresIdempotencyKey()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Erase the personal data of the person who sent a notice',
    description:
      'Erases name, address and stored emails, and after the decision the explanation. No decision is sent afterwards; it can still be read.',
  })
  @ApiNoContentResponse()
  async eraseNotifier(@Param('reference') reference: string, @Req() { id }: FastifyRequest): Promise<void> {
    await this.notices.eraseNotifier(reference, id);
  }
}
