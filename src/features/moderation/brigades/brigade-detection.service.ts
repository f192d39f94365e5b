import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type CommentId } from '../../../platform/ids.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { fingerprintLength } from '../../comments/fingerprint.js';
import type { ScoredRevision } from '../../scoring/decision-port.js';
import { repetition } from '../../scoring/phases/repeats.js';
import { StoryRegistry } from '../../stories/story-registry.js';
import { publishBrigadeQueueEvent } from '../queue-event.js';
import type { BrigadeKind } from './brigade.entity.js';
import { BrigadeRepository, type ExistingBrigade } from './brigade.repository.js';
import { brigadeEvent } from './brigade.events.js';
import { brigadeReason, isUnusual, waveAround, type Wave } from './wave.js';

const MINUTE_MS = 60_000;
/** If no comment joined a brigade for this long, a new wave on its story or with its text is another brigade. */
const SAME_BRIGADE_MS = 6 * 60 * MINUTE_MS;
/** Minimum interval at which the time of the latest comment is stored and consoles are notified. */
const UPDATE_EVERY_MS = 5_000;
/** Unrelated accounts often post the same shorter texts by chance. */
const MIN_TEXT_CHARS = 20;

/**
 * Detects that many new accounts comment on one story, or post nearly the same text, in a short time.
 *
 * It runs in the transaction that decides about a comment of a new reader, and counts the comments that were posted
 * shortly before and after it. The job for a comment starts after the comment was committed. Therefore the last comment
 * of a wave to be decided always sees all others, whichever worker decides it.
 */
@Injectable()
export class BrigadeDetectionService {
  constructor(
    private readonly brigades: BrigadeRepository,
    private readonly stories: StoryRegistry,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Adds the comment to the brigades that it belongs to. Call it before the comment is locked: brigades are locked
   * before comments.
   *
   * @returns why it belongs to a brigade, one sentence for each; empty: it belongs to none
   */
  async detect(tx: Tx, ctx: SiteContext, scored: ScoredRevision): Promise<string[]> {
    const { mode, minutes } = scored.policy.moderation.brigading;
    if (mode === 'off' || !this.settings.limits || !scored.isNew || scored.standing === 'trusted') return [];
    const near = await this.brigades.nearOnStory(tx, ctx, scored, minutes * MINUTE_MS);
    const { joined } = near;
    const onStory = await this.detectOnStory(tx, ctx, scored, near);
    const textWave = await this.detectSameText(tx, ctx, scored);
    // A brigade that contains this comment may have been detected while the comment was being scored.
    const earlier = joined.filter(
      ({ kind, isDismissed }) => !isDismissed && !(kind === 'story' ? onStory : textWave),
    );
    return [
      ...(onStory ? [brigadeReason('story', onStory.readers, minutes)] : []),
      ...(textWave ? [brigadeReason('text', textWave.readers, minutes)] : []),
      ...earlier.map((brigade) => brigadeReason(brigade.kind, brigade.readers, brigade.minutes)),
    ];
  }

  private async detectOnStory(
    tx: Tx,
    ctx: SiteContext,
    scored: ScoredRevision,
    { comments, latestOnStory }: Awaited<ReturnType<BrigadeRepository['nearOnStory']>>,
  ): Promise<Wave | null> {
    const { commentId, storyId, policy } = scored;
    const { newReaders, minutes } = policy.moderation.brigading;
    if (latestOnStory?.isMuted) return null;
    const windowMs = minutes * MINUTE_MS;
    const wave = waveAround(comments, commentId, windowMs);
    if (wave.readers < newReaders) return null;
    const join = () =>
      this.join(tx, ctx, 'story', scored, wave, latestOnStory, () =>
        this.brigades.latestOfStory(tx, ctx, storyId),
      );
    const startMs = wave.comments[0].atMs;
    // The wave already counts as unusual, so do not compare it with the usual numbers again.
    if (latestOnStory && !latestOnStory.isDismissed && latestOnStory.lastAtMs >= startMs) return join();
    const { readers, ...usual } = await this.brigades.usualReaders(tx, ctx, storyId, startMs, windowMs);
    return isUnusual(wave.readers, Math.max(readers, wave.readers), usual) ? join() : null;
  }

  private async detectSameText(tx: Tx, ctx: SiteContext, scored: ScoredRevision): Promise<Wave | null> {
    const { commentId, policy, scores } = scored;
    const { sameText, minutes } = policy.moderation.brigading;
    // The `repeats` phase has already compared the text with others.
    if (!scores.repeat || scores.repeat.value === 0) return null;
    const windowMs = minutes * MINUTE_MS;
    const near = await this.brigades.nearOnSite(tx, ctx, commentId, windowMs);
    const ownComment = near.find(({ id }) => id === commentId);
    if (!ownComment || fingerprintLength(ownComment.fingerprint) < MIN_TEXT_CHARS) return null;
    const withSameText = near.filter(
      ({ fingerprint }) => repetition(ownComment.fingerprint, fingerprint) > 0,
    );
    const wave = waveAround(withSameText, commentId, windowMs);
    if (wave.readers < sameText) return null;
    const latest = () =>
      this.brigades.latestOfText(
        tx,
        ctx,
        withSameText.map(({ id }) => id),
      );
    const existing = await latest();
    return existing?.isMuted ? null : this.join(tx, ctx, 'text', scored, wave, existing, latest);
  }

  /**
   * Adds the comment to the existing brigade, or creates a brigade of the whole wave.
   *
   * @param reload reads the latest brigade again, after taking a lock that prevents other workers from creating one
   * @returns null if a moderator has just dismissed such a brigade
   */
  private async join(
    tx: Tx,
    ctx: SiteContext,
    kind: BrigadeKind,
    { commentId, storyId, policy }: ScoredRevision,
    wave: Wave,
    existing: ExistingBrigade | null,
    reload: () => Promise<ExistingBrigade | null>,
  ): Promise<Wave | null> {
    const atMs = wave.comments.find(({ id }) => id === commentId)!.atMs;
    const isSame = (brigade: ExistingBrigade | null): brigade is ExistingBrigade =>
      brigade !== null && !brigade.isDismissed && atMs - brigade.lastAtMs < SAME_BRIGADE_MS;
    let brigade = existing;
    if (!isSame(brigade)) {
      this.brigades.lockCreation(tx, ctx);
      brigade = await reload();
      if (brigade?.isMuted) return null;
    }
    if (isSame(brigade)) {
      this.brigades.addComments(tx, ctx, brigade.id, [commentId]);
      if (atMs - brigade.lastAtMs < UPDATE_EVERY_MS) return wave;
      this.brigades.setLastAt(tx, ctx, brigade.id, new Date(atMs));
      await publishBrigadeQueueEvent(this.pubsub, tx, ctx);
      return wave;
    }
    const id = newId<'brigade'>();
    const { minutes } = policy.moderation.brigading;
    await this.brigades.insert(tx, ctx, {
      id,
      kind,
      storyId,
      minutes,
      startedAt: new Date(wave.comments[0].atMs),
      lastAt: new Date(wave.comments.at(-1)!.atMs),
    });
    this.brigades.addComments(
      tx,
      ctx,
      id,
      wave.comments.map((comment): CommentId => comment.id),
    );
    const story = await this.stories.findById(ctx, storyId);
    if (story)
      await this.outbox.add(tx, ctx, brigadeEvent(story, { id, kind, readers: wave.readers, minutes }));
    await publishBrigadeQueueEvent(this.pubsub, tx, ctx);
    return wave;
  }
}
