import { Bool, Instant, ListOf, Nested, Text } from '../../platform/http/fields.js';
import { StoryPolicyPatch } from './policy.dto.js';

const open = { optional: true, nullable: true } as const;

export class OverrideDto {
  @Text({ ...open, max: 120, description: 'Only for stories with exactly this section.' })
  section?: string | null;

  @Text({ ...open, description: 'Only for this story; not together with `section`.' })
  storyKey?: string | null;

  @Instant({ ...open, description: 'When it begins; left out: at once.' }) from?: string | null;

  @Instant({ ...open, description: 'When it ends, exclusive; left out: when it is deleted.' })
  until?: string | null;

  @Text({ ...open, max: 500, description: 'For whoever reads it later.' }) note?: string | null;

  @Nested(() => StoryPolicyPatch, { description: 'What it decides; everything else stays as it is.' })
  policy: StoryPolicyPatch;
}

export class OverrideAnswer extends OverrideDto {
  @Text() key: string;
  @Text({ nullable: true, max: 120 }) override section: string | null;
  @Text({ nullable: true }) override storyKey: string | null;
  @Instant({ nullable: true }) override from: string | null;
  @Instant({ nullable: true, description: 'Exclusive.' }) override until: string | null;
  @Text({ nullable: true, max: 500 }) override note: string | null;
  @Bool({ description: 'Whether it counts now.' }) inForce: boolean;
}

export class OverrideList {
  @ListOf(() => OverrideAnswer, { description: 'In the order in which they begin.' }) items: OverrideAnswer[];
  @Text({ nullable: true }) next: string | null;
}
