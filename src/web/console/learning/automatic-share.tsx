import page from '../shell/page.module.css';
import type { Learning } from '../api-types.js';

const percent = (share: number): string =>
  share.toLocaleString('en', { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });

/** What the site model could decide without a person, beside what the policy decides now. */
export function AutomaticShare({ state: { active, shadow, automaticNow } }: { state: Learning }) {
  const measured = (active ?? shadow)?.figures['refusal']?.automatic;
  if (!measured) return null;
  const { texts, publish, refuse } = measured;
  const total = publish.share + refuse.share;
  return (
    <section aria-labelledby="learning-automatic">
      <h2 id="learning-automatic">Without a person</h2>
      <p>
        {total === 0 ? (
          <>
            {texts.toLocaleString()} decided comments do not show yet that any could be decided without a
            person. That takes about 400 of which the model is certain.
          </>
        ) : (
          <>
            <b>{percent(total)} could be automatic:</b> of {texts.toLocaleString()} decided comments,{' '}
            {percent(publish.share)} could have been published and {percent(refuse.share)} refused, with at
            most 1 % wrong.
          </>
        )}{' '}
        {automaticNow !== null && (
          <>The policy decides {percent(automaticNow)} of all comments automatically now.</>
        )}
      </p>
      <p className={page.soft}>
        Measured on decisions that the model was not trained on. The 1 % is the upper end of a 95 % confidence
        interval.
      </p>
    </section>
  );
}
