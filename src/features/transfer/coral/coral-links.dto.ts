import { Id, Int, Text } from '../../../platform/http/fields.js';

export class CoralStoryQuery {
  @Text({ max: 2048, description: "The page's address; Coral's `storyURL`." }) url: string;
  @Text({ optional: true, description: "Coral's `storyID`, if the page gives one." }) id?: string;
}

export class CoralStoryAnswer {
  @Id({ description: 'The site that the page belongs to.' }) site: string;
  @Text({ description: "The story's key." }) key: string;
  @Text({ max: 2048 }) url: string;
  @Int({ min: 0, description: 'Number of published comments and replies.' }) count: number;
}

export class CoralCommentAnswer {
  @Id() id: string;
}
