import { Bool, Id, Instant, Int, ListOf, Num, OneOf, Text, Url } from '../../../platform/http/fields.js';
import { Person } from '../moderation.dto.js';
import { isWaitingState, QUEUE_STATES } from '../queue-states.js';

export class MinuteCount {
  @Instant({ description: 'Start of the minute.' }) minute: string;
  @Int({ min: 0 }) comments: number;
}

export class WaitingNow {
  @OneOf(QUEUE_STATES.filter(isWaitingState)) state: string;
  @Int({ min: 0, max: 10_000, description: 'Counted up to 10,000, as in the lists.' }) count: number;
  @Instant({ nullable: true, description: 'When the oldest comment began to wait.' }) oldest: string | null;
  @Instant({
    nullable: true,
    description:
      'Half of the comments have waited since this time or longer. If there are more than 10,000, the 10,000 oldest are used.',
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
  @Int({ min: 0, description: 'Comments in the last 60 minutes.' }) comments: number;
  @Num({
    min: 0,
    description:
      "Usual comments per hour: the story's own mean, or the mean of the stories active in this hour if that is higher.",
  })
  usual: number;
  @Bool({
    description:
      'True if there are at least 15 comments, three times the usual number, and more than chance explains.',
  })
  isSpike: boolean;
  @Int({ min: 0, max: 1000, description: 'Held comments under this story, counted up to 1,000.' })
  waiting: number;
}

export class OverviewAnswer {
  @Instant() at: string;
  @ListOf(() => MinuteCount, {
    description: 'The last 60 minutes, oldest first. The last minute is not complete.',
  })
  minutes: MinuteCount[];
  @Int({ min: 0, description: 'Comments in the last 60 minutes.' }) comments: number;
  @Num({ min: 0, description: 'Comments per minute over the last five full minutes.' }) perMinute: number;
  @Num({
    min: 0,
    nullable: true,
    description:
      'Usual comments per hour: the median for this hour of the day over 28 days; null: fewer than 7 days are known.',
  })
  usual: number | null;
  @Bool({
    description:
      'True if there are at least 30 comments, twice the usual number, and more than chance explains.',
  })
  isSpike: boolean;
  @ListOf(() => WaitingNow) waiting: WaitingNow[];
  @Int({ min: 0, description: 'Comments held by a rule in the last 60 minutes.' }) held: number;
  @Int({ min: 0, description: 'Comments decided by people in the last 60 minutes.' }) decided: number;
  @ListOf(() => HotStory, {
    description: 'The stories with the most comments in the last 60 minutes, at most ten.',
  })
  stories: HotStory[];
  @ListOf(() => Person, { description: 'Moderators who have a comment open now.' }) present: Person[];
}
