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
import { AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { siteAccess, type PublisherPrincipal } from '../../sites/publisher-access.js';
import { CurrentPrincipal } from '../../sites/site.decorators.js';
import { BulkDecisionAnswer } from '../bulk-decisions.dto.js';
import { toBulkDecisionAnswer } from '../bulk-decision-answer.js';
import { ModerationAccess } from '../moderation-access.js';
import {
  ReaderCommentsPage,
  ReaderCommentsRequest,
  ReaderRecord,
  ReadersPage,
  ReadersRequest,
  ReaderNoteOrMessage,
  ReaderNoteOrMessageRequest,
  ReaderNotesOrMessagesAnswer,
  RemovalPreview,
  RemovalRequest,
  SamePersonRequest,
  type ModerationReader,
  type ReaderComment,
} from './moderation-readers.dto.js';
import { ReaderRecordView } from './reader-record.view.js';
import { ReaderRemovalService } from './reader-removal.service.js';
import { ReaderSearchView } from './reader-search.view.js';
import { ReaderNotesAndMessagesService } from './reader-notes-and-messages.service.js';
import { SamePersonService } from './same-person.service.js';

/** Whether the caller may decide on the site. Viewers may not, and do not see readers' email addresses. */
const mayDecide = ({ principal, siteId }: SiteContext): boolean =>
  siteAccess(principal as PublisherPrincipal, 'moderation', siteId) === 'allowed';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/readers')
export class ModerationReadersController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly search: ReaderSearchView,
    private readonly records: ReaderRecordView,
    private readonly notesAndMessages: ReaderNotesAndMessagesService,
    private readonly persons: SamePersonService,
    private readonly removal: ReaderRemovalService,
  ) {}

  @Get()
  @AllowViewers()
  @ApiOperation({ summary: 'Search the readers of a site by name, email address or id' })
  @ApiOkResponse({ type: ReadersPage })
  async list(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site, q, standing, cursor, limit }: ReadersRequest,
  ): Promise<Page<ModerationReader>> {
    const sites = (await this.access.sites(caller, site)).map((siteId) => ({
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
  @AllowViewers()
  @ApiOperation({
    summary: 'Get everything known about a reader',
    description: 'Includes the sanctions, notes and comments of the other accounts of the same person.',
  })
  @ApiOkResponse({ type: ReaderRecord })
  async read(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderRecord> {
    const ctx = await this.access.contextOfReader(caller, request.id, id, 'moderation-read');
    return this.records.read(ctx, id as ReaderId, mayDecide(ctx));
  }

  @Get(':id/comments')
  @AllowViewers()
  @ApiOperation({ summary: "List a reader's comments, including those that nobody else sees" })
  @ApiOkResponse({ type: ReaderCommentsPage })
  async comments(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: ReaderCommentsRequest,
  ): Promise<Page<ReaderComment>> {
    const ctx = await this.access.contextOfReader(caller, request.id, id, 'moderation-read');
    return this.records.comments(ctx, id as ReaderId, query);
  }

  @Get(':id/notes')
  @AllowViewers()
  @ApiOperation({ summary: "List moderators' notes about a reader" })
  @ApiOkResponse({ type: ReaderNotesOrMessagesAnswer })
  async notes(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderNotesOrMessagesAnswer> {
    const ctx = await this.access.contextOfReader(caller, request.id, id, 'moderation-read');
    return { items: await this.notesAndMessages.list(ctx, 'note', id as ReaderId) };
  }

  @Post(':id/notes')
  @ApiOperation({ summary: 'Add a note about a reader for other moderators' })
  @ApiCreatedResponse({ type: ReaderNoteOrMessage })
  async addNote(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { text }: ReaderNoteOrMessageRequest,
  ): Promise<ReaderNoteOrMessage> {
    return this.notesAndMessages.addNote(
      await this.access.contextOfReader(caller, request.id, id),
      id as ReaderId,
      text.trim(),
    );
  }

  @Get(':id/messages')
  @AllowViewers()
  @ApiOperation({ summary: "List moderators' messages to a reader" })
  @ApiOkResponse({ type: ReaderNotesOrMessagesAnswer })
  async messages(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<ReaderNotesOrMessagesAnswer> {
    const ctx = await this.access.contextOfReader(caller, request.id, id, 'moderation-read');
    return { items: await this.notesAndMessages.list(ctx, 'message', id as ReaderId) };
  }

  @Post(':id/messages')
  @ApiOperation({ summary: 'Send a message to a reader, shown among their notifications' })
  @ApiCreatedResponse({ type: ReaderNoteOrMessage })
  async sendMessage(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { text }: ReaderNoteOrMessageRequest,
  ): Promise<ReaderNoteOrMessage> {
    return this.notesAndMessages.sendMessage(
      await this.access.contextOfReader(caller, request.id, id),
      id as ReaderId,
      text.trim(),
    );
  }

  @Post(':id/same-person')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Link two accounts as the same person',
    description: 'The accounts share one record from now on. Standings do not change.',
  })
  @ApiOkResponse({ type: ReaderRecord })
  async linkSamePerson(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { readerId }: SamePersonRequest,
  ): Promise<ReaderRecord> {
    const ctx = await this.access.contextOfReader(caller, request.id, id);
    await this.persons.link(ctx, id as ReaderId, readerId.toLowerCase() as ReaderId);
    return this.records.read(ctx, id as ReaderId, mayDecide(ctx));
  }

  @Delete(':id/same-person')
  @HttpCode(204)
  @ApiOperation({ summary: 'Unlink an account from the other accounts of the same person' })
  @ApiNoContentResponse()
  async unlinkSamePerson(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<void> {
    await this.persons.unlink(await this.access.contextOfReader(caller, request.id, id), id as ReaderId);
  }

  @Get(':id/removal')
  @AllowViewers()
  @ApiOperation({ summary: "Preview how many comments removing all of a reader's comments would affect" })
  @ApiOkResponse({ type: RemovalPreview })
  async preview(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<RemovalPreview> {
    const ctx = await this.access.contextOfReader(caller, request.id, id, 'moderation-read');
    return this.removal.preview(ctx, id as ReaderId);
  }

  @Post(':id/removal')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Remove all comments of a reader',
    description:
      'Makes a bulk decision, which can be undone for 30 s at `/moderation/bulk-decisions/{id}/undo`. Published comments are removed and waiting ones are rejected. One request covers the latest 10,000 comments.',
  })
  @ApiAcceptedResponse({ type: BulkDecisionAnswer })
  async remove(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { reason, note }: RemovalRequest,
  ): Promise<BulkDecisionAnswer> {
    const ctx = await this.access.contextOfReader(caller, request.id, id);
    const reasonAndNote = { reason, ...(note === undefined ? {} : { note }) };
    return toBulkDecisionAnswer(await this.removal.remove(ctx, id as ReaderId, reasonAndNote));
  }
}
