import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { KeyButton } from '../shell/key-button.js';
import { Failed, errorText, Page, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import { BlurredText } from '../queue/blurred-text.js';
import type { SampleReview, SampleReviewAnswer, SampleItem, SamplePage as SampleList } from '../api-types.js';
import { ReviewResult } from './review-result.js';
import { sampleKey } from './use-sample-count.js';
import classes from './sample.module.css';

const PAGE_SIZE = 20;
const REVIEW_KEYS = [
  ['A', 'I would publish it'],
  ['R', 'I would refuse it'],
  ['N', 'Not sure'],
  ['J', 'Afterwards: the next text'],
] as const;

/**
 * Reviews a sample of automatic decisions one by one. The original decision is revealed after the moderator's review.
 */
export function SamplePage() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [reviewed, setReviewed] = useState<{ item: SampleItem; judgement: SampleReview } | null>(null);
  const list = useQuery({
    queryKey: ['sample', site.id],
    queryFn: ({ signal }) => api.samples(site.id, PAGE_SIZE, signal),
    staleTime: 0,
  });
  const mayReview = site.role !== 'viewer';
  const [item] = list.data?.items ?? [];
  const review = useMutation({
    mutationFn: (input: { item: SampleItem; answer: SampleReviewAnswer }) =>
      api.reviewSample(site.id, input.item.id, input.answer),
    onSuccess: (judgement, input) => {
      setReviewed({ item: input.item, judgement });
      queries.setQueryData<SampleList>(
        ['sample', site.id],
        (list) =>
          list && {
            ...list,
            items: list.items.filter(({ id }) => id !== input.item.id),
            waiting: Math.max(0, list.waiting - 1),
          },
      );
    },
    onError: () => void list.refetch(),
    onSettled: () => void queries.invalidateQueries({ queryKey: sampleKey(site.id) }),
  });
  const submit = (answer: SampleReviewAnswer) => {
    if (item && !reviewed && !review.isPending && mayReview) review.mutate({ item, answer });
  };
  const next = () => {
    setReviewed(null);
    void list.refetch();
  };
  const shown = reviewed?.item ?? item;
  const card = useRef<HTMLElement>(null);
  // Focus the next text, so that screen reader users continue there.
  useEffect(() => card.current?.focus({ preventScroll: true }), [shown?.id]);

  return (
    <Page
      place="sample"
      title="Sample"
      description="Texts drawn at random from what was published or rejected without a person. Say what you would do; nothing moves by it, and what was decided is told afterwards."
      keys={{
        a: () => submit('publish'),
        r: () => submit('refuse'),
        n: () => submit('unsure'),
      }}
      help={mayReview ? REVIEW_KEYS : []}
    >
      {review.isError && (
        <p className={page.fault} role="alert">
          {errorText(review.error, 'Your answer was not kept: the server does not answer. Give it again.')}
        </p>
      )}
      {list.isPending ? (
        <LoadingRows />
      ) : !list.data ? (
        <Failed error={list.error} what="The sample" onRetry={() => void list.refetch()} />
      ) : !shown ? (
        <div className={page.empty}>
          <h2>Nothing waits for you here</h2>
          <p>
            Each Monday a new sample is drawn. What you have decided or written yourself is judged by
            colleagues.
          </p>
        </div>
      ) : (
        <>
          <p className={page.soft} role="status">
            {waitingText(list.data.waiting, reviewed !== null)}
          </p>
          <article className={classes.item} ref={card} tabIndex={-1} aria-label="A text to judge">
            <p className={classes.story}>
              Under{' '}
              <a href={shown.story.url} target="_blank" rel="noreferrer">
                {shown.story.title}
              </a>
              {shown.story.section && ` · ${shown.story.section}`}
            </p>
            {shown.parent && (
              <blockquote className={classes.parent}>
                <p>
                  {shown.parent.author ? `${shown.parent.author.name}: ` : ''}
                  {shown.parent.body === null ? (
                    'The comment above was deleted by its author.'
                  ) : (
                    <BlurredText key={shown.id} text={shown.parent.body} hidden={shown.parent.hidden} />
                  )}
                </p>
              </blockquote>
            )}
            <p className={classes.byline}>
              {shown.author.name} · {fullTime(shown.createdAt)}
            </p>
            <p className={classes.body} lang={shown.language ?? undefined}>
              <BlurredText key={shown.id} text={shown.body} hidden={shown.hidden} />
            </p>
            {reviewed ? (
              <ReviewResult judgement={reviewed.judgement} siteId={site.id} onNext={next} />
            ) : mayReview ? (
              <div className={classes.answers}>
                <KeyButton shortcut="a" disabled={review.isPending} onClick={() => submit('publish')}>
                  I would publish it
                </KeyButton>
                <KeyButton shortcut="r" disabled={review.isPending} onClick={() => submit('refuse')}>
                  I would refuse it
                </KeyButton>
                <KeyButton
                  shortcut="n"
                  variant="subtle"
                  color="gray"
                  disabled={review.isPending}
                  onClick={() => submit('unsure')}
                >
                  Not sure
                </KeyButton>
              </div>
            ) : (
              <p className={page.soft}>Viewers read the sample; moderators judge it.</p>
            )}
          </article>
        </>
      )}
    </Page>
  );
}

function waitingText(count: number, isJudged: boolean): string {
  const more = isJudged ? ' more' : '';
  if (count === 0) return 'This was the last one.';
  return count === 1 ? `1${more} waits for you.` : `${count}${more} wait for you.`;
}
