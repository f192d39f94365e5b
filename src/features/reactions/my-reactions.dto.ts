import { Answer, Id, Instant, ListOf, Nested, Text } from '../../platform/http/fields.js';

class ReactedAuthor {
  @Id() id: string;
  @Text() name: string;
}

class ReactedComment {
  @Id() id: string;
  @Nested(() => ReactedAuthor) author: ReactedAuthor;
  @Text({ min: 0, description: 'The beginning of the text, up to 160 characters, without Markdown.' })
  excerpt: string;
}

class ReactedStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
}

export class MyReactionAnswer {
  @Text() kind: string;
  @Instant() createdAt: string;
  @Nested(() => ReactedComment) comment: ReactedComment;
  @Nested(() => ReactedStory) story: ReactedStory;
}

export class MyReactionList {
  @ListOf(() => MyReactionAnswer, { description: 'Newest first; reactions to hidden comments are left out.' })
  items: MyReactionAnswer[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
}
