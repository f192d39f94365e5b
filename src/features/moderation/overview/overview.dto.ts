import { Bool, Id, Instant, Int, ListOf, Num, OneOf, Text, Url } from '../../../platform/http/fields.js';
import { Person } from '../moderation.dto.js';
import { isWaitingState, QUEUE_STATES } from '../queue-states.js';

export class MinuteCount {
  @Instant({ description: 'The minute begins then.' }) minute: string;
  @Int({ min: 0 }) comments: number;
}

export class WaitingNow {
  @OneOf(QUEUE_STATES.filter(isWaitingState)) state: string;
  @Int({ min: 0, max: 10_000, description: 'Counted up to 10,000, as the lists are.' }) count: number;
  @Instant({ nullable: true, description: 'The oldest waits since then.' }) oldest: string | null;
  @Instant({
    nullable: true,
    description: 'Half of them wait since then or longer; of more, of the 10,000 oldest.',
  })
  median: string | null;
}

export class HotStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Url() url: string;
  @Text({ nullable: true }) section: string | null;
  @OneOf(['open', 'closed']) state: string;
  @Int({ min: 0, description: 'In the last 60 minutes.' }) comments: number;
  @Num({ min: 0, description: 'An hour: its own mean, or that of the stories of this hour if it is more.' })
  usual: number;
  @Bool({ description: 'At least 15 comments, three times the usual, and more than chance gives.' })
  isSpike: boolean;
  @Int({ min: 0, max: 1000, description: 'Held under it; counted up to 1,000.' }) waiting: number;
}

export class OverviewAnswer {
  @Instant() at: string;
  @ListOf(() => MinuteCount, { description: 'The last 60 minutes, oldest first; the last is still running.' })
  minutes: MinuteCount[];
  @Int({ min: 0, description: 'Comments in the last 60 minutes.' }) comments: number;
  @Num({ min: 0, description: 'Comments a minute over the last five full minutes.' }) perMinute: number;
  @Num({
    min: 0,
    nullable: true,
    description:
      'Comments an hour: the middle of this hour of the day over 28 days; null: fewer than 7 are known.',
  })
  usual: number | null;
  @Bool({ description: 'At least 30 comments, twice the usual, and more than chance gives.' })
  isSpike: boolean;
  @ListOf(() => WaitingNow) waiting: WaitingNow[];
  @Int({ min: 0, description: 'Held by a rule in the last 60 minutes.' }) held: number;
  @Int({ min: 0, description: 'Decided by people in the last 60 minutes.' }) decided: number;
  @ListOf(() => HotStory, { description: 'Most comments in the last 60 minutes, at most ten.' })
  stories: HotStory[];
  @ListOf(() => Person, { description: 'Moderators who have a comment before them now.' }) present: Person[];
}
