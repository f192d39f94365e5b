import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import type { Page } from '../../../platform/http/cursor.js';
import type { ReaderId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ForViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { reachOf, type PublisherPrincipal } from '../../sites/publisher-reach.js';
import { Caller } from '../../sites/site.params.js';
import { BulkDecisionAnswer } from '../bulk-decisions.dto.js';
import { bulkAnswerOf } from '../bulk-answer.js';
import { ModeratorReach } from '../moderator-reach.js';
import {
  ReaderCommentsPage,
  ReaderCommentsRequest,
  ReaderRecord,
  ReadersPage,
  ReadersRequest,
  ReaderWord,
  ReaderWordRequest,
  ReaderWordsAnswer,
  RemovalPreview,
  RemovalRequest,
  SamePersonRequest,
  type DeskReader,
  type ReaderComment,
} from './desk-readers.dto.js';
import { ReaderRecordView } from './reader-record.view.js';
import { ReaderRemoval } from './reader-removal.service.js';
import { ReaderSearchView } from './reader-search.view.js';
import { ReaderWords } from './reader-words.service.js';
import { SamePerson } from './same-person.service.js';

/** Viewers get along without readers' addresses. */
const mayDecide = ({ principal, siteId }: SiteContext): boolean =>
  reachOf(principal as PublisherPrincipal, 'moderation', siteId) === 'allowed';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/readers')
export class DeskReadersController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly search: ReaderSearchView,
    private readonly records: ReaderRecordView,
    private readonly words: ReaderWords,
    private readonly persons: SamePerson,
    private readonly removal: ReaderRemoval,
  ) {}

  @Get()
  @ForViewers()
  @ApiOperation({ summary: 'Readers of a site, found by name, address or id' })
  @ApiOkResponse({ type: ReadersPage })
  async list(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site, q, standing, cursor, limit }: ReadersRequest,
  ): Promise<Page<DeskReader>> {
    const sites = (await this.reach.sites(caller, site)).map((siteId) => ({
      siteId,
      principal: caller,
      requestId: request.id,
    }));
    return this.search.list(sites, mayDecide, {
      limit,
      ...(q === undefined ? {} : { q }),
      ...(standing === undefined ? {} : { standing }),
      ...(cursor === undefined ? {} : { cursor }),
    });
  }

  @Get(':id')
  @ForViewers()
  @ApiOperation({
    summary: 'Everything known of a reader',
    description: 'With the measures, notes and comments of the other accounts of the same person.',
  })
  @ApiOkResponse({ type: ReaderRecord })
  async read(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderRecord> {
    const ctx = await this.reach.ofReader(caller, request.id, id, 'moderation-read');
    return this.records.read(ctx, id as ReaderId, mayDecide(ctx));
  }

  @Get(':id/comments')
  @ForViewers()
  @ApiOperation({ summary: 'What a reader wrote, also what nobody else sees' })
  @ApiOkResponse({ type: ReaderCommentsPage })
  async comments(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: ReaderCommentsRequest,
  ): Promise<Page<ReaderComment>> {
    const ctx = await this.reach.ofReader(caller, request.id, id, 'moderation-read');
    return this.records.comments(ctx, id as ReaderId, query);
  }

  @Get(':id/notes')
  @ForViewers()
  @ApiOperation({ summary: 'What moderators noted about a reader' })
  @ApiOkResponse({ type: ReaderWordsAnswer })
  async notes(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderWordsAnswer> {
    const ctx = await this.reach.ofReader(caller, request.id, id, 'moderation-read');
    return { items: await this.words.list(ctx, 'note', id as ReaderId) };
  }

  @Post(':id/notes')
  @ApiOperation({ summary: 'Note something for colleagues' })
  @ApiCreatedResponse({ type: ReaderWord })
  async note(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { text }: ReaderWordRequest,
  ): Promise<ReaderWord> {
    return this.words.note(await this.reach.ofReader(caller, request.id, id), id as ReaderId, text.trim());
  }

  @Get(':id/messages')
  @ForViewers()
  @ApiOperation({ summary: 'What moderators wrote to a reader' })
  @ApiOkResponse({ type: ReaderWordsAnswer })
  async messages(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderWordsAnswer> {
    const ctx = await this.reach.ofReader(caller, request.id, id, 'moderation-read');
    return { items: await this.words.list(ctx, 'message', id as ReaderId) };
  }

  @Post(':id/messages')
  @ApiOperation({ summary: 'Write to a reader, who finds it among the notifications' })
  @ApiCreatedResponse({ type: ReaderWord })
  async message(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { text }: ReaderWordRequest,
  ): Promise<ReaderWord> {
    return this.words.message(await this.reach.ofReader(caller, request.id, id), id as ReaderId, text.trim());
  }

  @Post(':id/same-person')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Hold two accounts to be one person’s',
    description: 'They share their record from now on; standings stay as they are.',
  })
  @ApiOkResponse({ type: ReaderRecord })
  async join(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { readerId }: SamePersonRequest,
  ): Promise<ReaderRecord> {
    const ctx = await this.reach.ofReader(caller, request.id, id);
    await this.persons.join(ctx, id as ReaderId, readerId.toLowerCase() as ReaderId);
    return this.records.read(ctx, id as ReaderId, mayDecide(ctx));
  }

  @Delete(':id/same-person')
  @HttpCode(204)
  @ApiOperation({ summary: 'Hold an account to be somebody else’s than the others' })
  @ApiNoContentResponse()
  async part(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    await this.persons.part(await this.reach.ofReader(caller, request.id, id), id as ReaderId);
  }

  @Get(':id/removal')
  @ForViewers()
  @ApiOperation({ summary: 'How much a removal of all that a reader wrote would take' })
  @ApiOkResponse({ type: RemovalPreview })
  async preview(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<RemovalPreview> {
    const ctx = await this.reach.ofReader(caller, request.id, id, 'moderation-read');
    return this.removal.preview(ctx, id as ReaderId);
  }

  @Post(':id/removal')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Remove all that a reader wrote',
    description:
      'A decision about many, which can be undone for 30 s at `/moderation/bulk-decisions/{id}/undo`: what is ' +
      'published is removed, what waits is rejected. The latest 10,000 at once.',
  })
  @ApiAcceptedResponse({ type: BulkDecisionAnswer })
  async remove(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { reason, note }: RemovalRequest,
  ): Promise<BulkDecisionAnswer> {
    const ctx = await this.reach.ofReader(caller, request.id, id);
    const wish = { reason, ...(note === undefined ? {} : { note }) };
    return bulkAnswerOf(await this.removal.remove(ctx, id as ReaderId, wish));
  }
}
