import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteId } from '../../platform/ids.js';
import { KeyIssue } from './key-issue.service.js';
import { KeyAnswer, KeyPage, NewKey, NewKeyAnswer } from './keys.dto.js';
import type { PublisherKeyEntity } from './publisher-key.entity.js';
import type { PublisherPrincipal } from './publisher-reach.js';
import { Confirmed, PublisherScope } from './publisher.guard.js';
import { Caller } from './site.params.js';

const answerOf = (key: PublisherKeyEntity): KeyAnswer => ({
  id: key.id,
  name: key.name,
  scopes: key.scopes,
  sites: key.sites,
  prefix: key.prefix,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});

@ApiTags('keys')
@PublisherScope('publisher')
@Controller('api/v1/keys')
export class KeysController {
  constructor(private readonly keys: KeyIssue) {}

  @Post()
  @ShowsSecrets('key')
  @Confirmed()
  @ApiOperation({ summary: 'Make a publisher key' })
  @ApiCreatedResponse({ type: NewKeyAnswer })
  async issue(@Caller() caller: PublisherPrincipal, @Body() draft: NewKey): Promise<NewKeyAnswer> {
    const sites = draft.sites?.map((site) => site.toLowerCase() as SiteId) ?? null;
    const { stored, key } = await this.keys.issue(caller, { name: draft.name, scopes: draft.scopes, sites });
    return { ...answerOf(stored), key };
  }

  @Get()
  @ApiOperation({ summary: 'Publisher keys' })
  @ApiOkResponse({ type: KeyPage })
  async list(@Caller() caller: PublisherPrincipal, @Query() query: PageQuery): Promise<Page<KeyAnswer>> {
    const page = await this.keys.list(caller, query.cursor, query.limit);
    return { items: page.items.map(answerOf), next: page.next };
  }

  @Delete(':key')
  @Confirmed()
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key' })
  @ApiNoContentResponse({ description: 'The key no longer counts.' })
  async revoke(@Caller() caller: PublisherPrincipal, @Param('key') key: string): Promise<void> {
    await this.keys.revoke(caller, key);
  }
}
