import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import { KeyButton } from '../shell/key-button.js';
import { useKeys } from '../shell/keys.js';
import { errorText } from '../shell/page.js';
import page from '../shell/page.module.css';
import { RejectReasons } from '../queue/reject-reasons.js';
import { suggestReason } from '../queue/suggest-reason.js';
import { useDetail } from '../queue/use-detail.js';
import type { DecisionRequest, SampleReview } from '../api-types.js';
import classes from './sample.module.css';

interface Props {
  judgement: SampleReview;
  siteId: string;
  onNext: () => void;
}

const ACTION_TEXTS = { publish: 'published', reject: 'rejected' } as const;

/** The original decision, and a way to change it. */
export function ReviewResult({ judgement, siteId, onNext }: Props) {
  const { answer, machine, status, commentId, revision, currentRevision } = judgement;
  const [isChoosing, setChoosing] = useState(false);
  // While a reason is being chosen, J moves among the reasons.
  useKeys({ j: isChoosing ? undefined : onNext });
  const reasons = useQuery({
    queryKey: ['reasons', siteId],
    queryFn: ({ signal }) => api.reasons(siteId, signal),
    staleTime: Infinity,
  });
  const decide = useMutation({
    mutationFn: async (request: Pick<DecisionRequest, 'action' | 'reason' | 'note'>) => {
      const { results } = await api.decide([{ commentId, revision, ...request }], randomId());
      const [result] = results;
      if (result?.error) throw new Error(result.error.detail ?? 'It was not decided.');
    },
    onSuccess: () => setChoosing(false),
  });
  const disagrees =
    (answer === 'refuse' && machine.action === 'publish') ||
    (answer === 'publish' && machine.action === 'reject');
  const isSameText = revision === currentRevision;
  const mayRemove = disagrees && isSameText && answer === 'refuse' && status === 'published';
  const mayRestore = disagrees && isSameText && answer === 'publish' && status === 'rejected';
  const detail = useDetail(mayRemove ? commentId : null);
  return (
    <>
      <div className={classes.result} data-differs={disagrees || undefined} role="status">
        <p>
          <b>{disagrees ? 'You differ.' : answer === 'unsure' ? 'Kept as not sure.' : 'You agree.'}</b> It was{' '}
          {ACTION_TEXTS[machine.action]} by a rule.
        </p>
        <p className={page.soft}>{machine.rule.text}</p>
        <p className={page.soft}>
          {decide.isSuccess
            ? mayRemove
              ? 'You have removed it; its author is told why.'
              : 'You have published it.'
            : `Your answer did not change the comment.${disagrees && isSameText ? ' To change the decision, open the comment.' : ''}`}
        </p>
      </div>
      {decide.isError && (
        <p className={page.fault} role="alert">
          {decide.error instanceof Error
            ? decide.error.message
            : errorText(decide.error, 'It was not decided: the server does not answer.')}
        </p>
      )}
      {isChoosing ? (
        <RejectReasons
          verb="Remove"
          language={detail?.pageLanguage ?? null}
          reasons={reasons.data?.items ?? []}
          proposed={detail ? suggestReason(detail, reasons.data?.items ?? []) : 0}
          onClose={() => setChoosing(false)}
          onDecide={(reason, note) =>
            decide.mutate({ action: 'remove', reason: reason.code, ...(note ? { note } : {}) })
          }
        />
      ) : (
        <div className={classes.answers}>
          <KeyButton shortcut="j" onClick={onNext}>
            Next text
          </KeyButton>
          {mayRemove && !decide.isSuccess && (
            <Button variant="default" color="rejected" onClick={() => setChoosing(true)}>
              Remove it…
            </Button>
          )}
          {mayRestore && !decide.isSuccess && (
            <Button
              variant="default"
              loading={decide.isPending}
              onClick={() => decide.mutate({ action: 'restore' })}
            >
              Publish it
            </Button>
          )}
        </div>
      )}
    </>
  );
}
