import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import { notFound } from '../../platform/http/problem.js';
import { isUuid, type ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { IgnoredAuthorsService } from './ignored-authors.service.js';
import { DeletionAnswer, IgnoreBody, IgnoredAuthorAnswer, IgnoredAuthorList } from './my-account.dto.js';
import { ReaderRoute } from './reader.guard.js';
import { CurrentReader } from './reader.decorator.js';
import type { SignedInReader } from './signed-in-reader.js';

const toAnswer = (dueAt: Date | null): DeletionAnswer => ({ dueAt: dueAt?.toISOString() ?? null });

/** What readers can change about their own account. */
@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required', store: true })
@Controller('api/v1/me')
export class MyAccountController {
  constructor(
    private readonly ignored: IgnoredAuthorsService,
    private readonly deletion: AccountDeletionService,
  ) {}

  @Get('ignored')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List the authors the reader ignores' })
  @ApiOkResponse({ type: IgnoredAuthorList })
  listIgnored(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<IgnoredAuthorList> {
    return this.ignored.list(ctx, reader, { cursor, limit });
  }

  @Post('ignored')
  @ApiOperation({ summary: 'Ignore an author: their comments are collapsed for this reader only' })
  @ApiCreatedResponse({ type: IgnoredAuthorAnswer })
  ignore(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Body() { readerId }: IgnoreBody,
  ): Promise<IgnoredAuthorAnswer> {
    return this.ignored.add(ctx, reader, readerId.toLowerCase() as ReaderId);
  }

  @Delete('ignored/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop ignoring an author' })
  @ApiNoContentResponse()
  async unignore(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
  ): Promise<void> {
    if (!isUuid(id)) throw notFound('This reader');
    await this.ignored.remove(ctx, reader, id.toLowerCase() as ReaderId);
  }

  @Get('deletion')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get the scheduled deletion time of the account, if deletion was requested' })
  @ApiOkResponse({ type: DeletionAnswer })
  async readDeletion(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<DeletionAnswer> {
    return toAnswer(await this.deletion.dueAt(ctx, reader));
  }

  @Post('deletion')
  @HttpCode(202)
  @ApiOperation({ summary: 'Request deletion of the account and all its comments after 24 hours' })
  @ApiAcceptedResponse({ type: DeletionAnswer })
  async requestDeletion(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<DeletionAnswer> {
    return toAnswer(await this.deletion.request(ctx, reader));
  }

  @Delete('deletion')
  @HttpCode(204)
  @ApiOperation({ summary: 'Cancel the account deletion' })
  @ApiNoContentResponse()
  async cancelDeletion(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<void> {
    await this.deletion.cancel(ctx, reader);
  }
}
