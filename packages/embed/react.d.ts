import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PostbagAttributes, PostbagCommentsElement, PostbagEvents } from '@postbag/embed';

type Handlers = {
  [Name in keyof PostbagEvents as `on${Name}`]?: (event: PostbagEvents[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'postbag-comments': Omit<
        DetailedHTMLProps<HTMLAttributes<PostbagCommentsElement>, PostbagCommentsElement>,
        keyof PostbagAttributes
      > &
        PostbagAttributes &
        Handlers &
        Partial<Pick<PostbagCommentsElement, 'getToken'>>;
    }
  }
}
