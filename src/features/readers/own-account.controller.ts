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
import { Site } from '../sites/site.params.js';
import { AccountDeletion } from './account-deletion.service.js';
import { IgnoredAuthors } from './ignored-authors.service.js';
import { DeletionAnswer, IgnoreBody, IgnoredAuthorAnswer, IgnoredAuthorList } from './own-account.dto.js';
import { ReaderRoute } from './reader.guard.js';
import { Reader } from './reader.params.js';
import type { SignedInReader } from './signed-in-reader.js';

const answerOf = (dueAt: Date | null): DeletionAnswer => ({ dueAt: dueAt?.toISOString() ?? null });

/** What readers decide about themselves. */
@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required', store: true })
@Controller('api/v1/me')
export class OwnAccountController {
  constructor(
    private readonly ignored: IgnoredAuthors,
    private readonly deletion: AccountDeletion,
  ) {}

  @Get('ignored')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Authors whom the reader ignores' })
  @ApiOkResponse({ type: IgnoredAuthorList })
  listIgnored(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<IgnoredAuthorList> {
    return this.ignored.list(ctx, reader, { cursor, limit });
  }

  @Post('ignored')
  @ApiOperation({ summary: 'Ignore an author: their comments are folded away, for this reader alone' })
  @ApiCreatedResponse({ type: IgnoredAuthorAnswer })
  ignore(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Body() { readerId }: IgnoreBody,
  ): Promise<IgnoredAuthorAnswer> {
    return this.ignored.add(ctx, reader, readerId.toLowerCase() as ReaderId);
  }

  @Delete('ignored/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Read an author again' })
  @ApiNoContentResponse()
  async stopIgnoring(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Param('id') id: string,
  ): Promise<void> {
    if (!isUuid(id)) throw notFound('This reader');
    await this.ignored.remove(ctx, reader, id.toLowerCase() as ReaderId);
  }

  @Get('deletion')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'When the account will be deleted, where that was asked for' })
  @ApiOkResponse({ type: DeletionAnswer })
  async readDeletion(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<DeletionAnswer> {
    return answerOf(await this.deletion.dueAt(ctx, reader));
  }

  @Post('deletion')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for the account and all comments to be deleted, after 24 hours' })
  @ApiAcceptedResponse({ type: DeletionAnswer })
  async askDeletion(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<DeletionAnswer> {
    return answerOf(await this.deletion.ask(ctx, reader));
  }

  @Delete('deletion')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep the account after all' })
  @ApiNoContentResponse()
  async takeDeletionBack(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<void> {
    await this.deletion.takeBack(ctx, reader);
  }
}
