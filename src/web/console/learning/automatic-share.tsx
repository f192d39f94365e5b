import page from '../shell/page.module.css';
import type { Learning } from '../api-types.js';

const percent = (share: number): string =>
  share.toLocaleString('en', { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });

/** The share of comments that the site model could decide automatically, and the share that the policy does now. */
export function AutomaticShare({ state: { active, shadow, automaticNow } }: { state: Learning }) {
  const measured = (active ?? shadow)?.figures['refusal']?.automatic;
  if (!measured) return null;
  const { texts, publish, refuse } = measured;
  const total = publish.share + refuse.share;
  return (
    <section aria-labelledby="learning-automatic">
      <h2 id="learning-automatic">Automatic decisions</h2>
      <p>
        {total === 0 ? (
          <>
            {texts.toLocaleString()} decided comments are too few to show that any could be decided
            automatically. About 400 are needed about which the model is certain.
          </>
        ) : (
          <>
            <b>{percent(total)} could be automatic:</b> of {texts.toLocaleString()} decided comments,{' '}
            {percent(publish.share)} could have been published and {percent(refuse.share)} rejected
            automatically, with at most 1 % of these decisions wrong.
          </>
        )}{' '}
        {automaticNow !== null && (
          <>The policy decides {percent(automaticNow)} of all comments automatically now.</>
        )}
      </p>
      <p className={page.soft}>
        Measured on decisions that the model was not trained on. 1 % is the upper limit of the 95 % confidence
        interval.
      </p>
    </section>
  );
}
