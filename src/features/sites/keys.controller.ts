import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import type { KeyScope } from '../../platform/auth/principal.js';
import type { Page } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import { invalid, type Problem } from '../../platform/http/problem.js';
import type { SiteId } from '../../platform/ids.js';
import { KeyManagementService } from './key-management.service.js';
import { KeyAnswer, KeyPage, NewKey, NewKeyAnswer, type UnreadLanguages } from './keys.dto.js';
import type { PublisherKeyEntity } from './publisher-key.entity.js';
import type { PublisherPrincipal } from './publisher-access.js';
import { RequiresConfirmation, PublisherScope } from './publisher.guard.js';
import { CurrentPrincipal } from './site.decorators.js';

const answerOf = (key: PublisherKeyEntity): KeyAnswer => ({
  id: key.id,
  name: key.name,
  scopes: key.scopes,
  sites: key.sites,
  prefix: key.prefix,
  unread: key.unreadScore === null ? { mode: 'error' } : { mode: 'score', value: key.unreadScore },
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});

/**
 * @throws Problem 400 for a value without mode `score`, or mode `score` without a value or on a key without that scope
 */
function unsupportedLanguageScoreOf(
  unread: UnreadLanguages | undefined,
  scopes: readonly KeyScope[],
): number | null {
  const { mode, value } = unread ?? { mode: 'error' };
  const problem = (pointer: string, code: string, message: string): Problem =>
    invalid([{ pointer, code, message }]);
  if (mode === 'error') {
    if (value === undefined) return null;
    throw problem('/unread/value', 'not-allowed', 'Only mode "score" takes a value.');
  }
  if (value === undefined)
    throw problem('/unread/value', 'required', 'Mode "score" needs a value from 0 to 1.');
  if (!scopes.includes('score'))
    throw problem('/unread', 'needs-scope', 'Only a key with the scope "score" can have this setting.');
  return value;
}

@ApiTags('keys')
@PublisherScope('publisher')
@Controller('api/v1/keys')
export class KeysController {
  constructor(private readonly keys: KeyManagementService) {}

  @Post()
  @ShowsSecrets('key')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Create a publisher key' })
  @ApiCreatedResponse({ type: NewKeyAnswer })
  async issue(@CurrentPrincipal() caller: PublisherPrincipal, @Body() draft: NewKey): Promise<NewKeyAnswer> {
    const sites = draft.sites?.map((site) => site.toLowerCase() as SiteId) ?? null;
    const { name, scopes, unread } = draft;
    const { stored, key } = await this.keys.issue(caller, {
      name,
      scopes,
      sites,
      unreadScore: unsupportedLanguageScoreOf(unread, scopes),
    });
    return { ...answerOf(stored), key };
  }

  @Get()
  @ApiOperation({ summary: 'List publisher keys' })
  @ApiOkResponse({ type: KeyPage })
  async list(
    @CurrentPrincipal() caller: PublisherPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<KeyAnswer>> {
    const page = await this.keys.list(caller, query.cursor, query.limit);
    return { items: page.items.map(answerOf), next: page.next };
  }

  @Delete(':key')
  @RequiresConfirmation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key' })
  @ApiNoContentResponse({ description: 'The key is no longer valid.' })
  async revoke(@CurrentPrincipal() caller: PublisherPrincipal, @Param('key') key: string): Promise<void> {
    await this.keys.revoke(caller, key);
  }
}
