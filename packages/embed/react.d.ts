import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  PostbagAttributes,
  PostbagCommentsElement,
  PostbagElement,
  PostbagEvents,
  PostbagPortfolioAttributes,
  PostbagPortfolioElement,
} from '@postbag/embed';

type Handlers = {
  [Name in keyof PostbagEvents as `on${Name}`]?: (event: PostbagEvents[Name]) => void;
};

type Props<E extends PostbagElement, Attributes> = Omit<
  DetailedHTMLProps<HTMLAttributes<E>, E>,
  keyof Attributes
> &
  Attributes &
  Handlers &
  Partial<Pick<E, 'getToken'>>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'postbag-comments': Props<PostbagCommentsElement, PostbagAttributes>;
      'postbag-portfolio': Props<PostbagPortfolioElement, PostbagPortfolioAttributes>;
    }
  }
}
