import { Controller, Delete, Get, Header, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { StoryHintQuery } from '../comments/comments.dto.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { FollowedStoryList, FollowingAnswer } from './following.dto.js';
import { FollowingService } from './following.service.js';

@ApiTags('following')
@Controller('api/v1')
export class FollowingController {
  constructor(private readonly following: FollowingService) {}

  @Get('sites/:site/stories/:storyKey/follow')
  @ReaderRoute({ site: 'path', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Check whether the reader follows a story' })
  @ApiOkResponse({ type: FollowingAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('storyKey') storyKey: string,
    @Query() { url, title }: StoryHintQuery,
  ): Promise<FollowingAnswer> {
    return { following: await this.following.isFollowed(ctx, reader, storyKey, { url, title }) };
  }

  @Put('sites/:site/stories/:storyKey/follow')
  @ReaderRoute({ site: 'path', token: 'required' })
  @ApiOperation({ summary: 'Follow a story to be notified of new comments on it' })
  @ApiOkResponse({ type: FollowingAnswer })
  async follow(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('storyKey') storyKey: string,
    @Query() { url, title }: StoryHintQuery,
  ): Promise<FollowingAnswer> {
    await this.following.follow(ctx, reader, storyKey, { url, title });
    return { following: true };
  }

  @Delete('sites/:site/stories/:storyKey/follow')
  @HttpCode(204)
  @ReaderRoute({ site: 'path', token: 'required' })
  @ApiOperation({ summary: 'Stop following a story' })
  @ApiNoContentResponse()
  async unfollow(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('storyKey') storyKey: string,
  ): Promise<void> {
    await this.following.unfollow(ctx, reader, storyKey);
  }

  @Get('me/following')
  @ReaderRoute({ site: 'token', token: 'required' })
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List the stories that the reader follows, newest story first' })
  @ApiOkResponse({ type: FollowedStoryList })
  list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<FollowedStoryList> {
    return this.following.list(ctx, reader, { cursor, limit });
  }
}
