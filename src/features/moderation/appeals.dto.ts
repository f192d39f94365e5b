import { Id, Instant, OneOf, Text } from '../../platform/http/fields.js';

export const APPEAL_STATES = ['open', 'upheld', 'overturned'] as const;

export class AppealRequest {
  @Text({
    max: 5000,
    pattern: /\S/,
    patternMessage: 'text must not be blank',
    description: 'Why the comment should be reviewed again.',
  })
  text: string;
}

export class AppealAnswer {
  @Id() id: string;
  @Id() commentId: string;
  @OneOf(APPEAL_STATES) state: string;
  @Instant() createdAt: string;
}
