import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { labelName } from '../shell/score-labels.js';
import { Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import type { SiteModelWord, SiteModel } from '../api-types.js';
import classes from './learning.module.css';
import { isClause, LEARNED_LABELS } from './learning-state.js';

const MAX_SHOWN = 12;

/**
 * The words whose weights changed most and in which direction, so that a moderator can judge whether the changes make
 * sense.
 */
export function LearnedWords({ siteModel }: { siteModel: SiteModel | null }) {
  const { site } = useConsole();
  const [chosen, setChosen] = useState('');
  const details = useQuery({
    queryKey: ['site-models', site.id, siteModel?.id],
    queryFn: ({ signal }) => api.siteModel(site.id, siteModel!.id, signal),
    staleTime: Infinity,
    enabled: siteModel !== null,
  });
  if (!siteModel) return null;
  const labels = LEARNED_LABELS.filter((label) => siteModel.figures[label]);
  const label = labels.find((name) => name === chosen) ?? labels[0];
  const words = (label && details.data?.words[label]) ?? [];
  const maxChange = Math.max(0.001, ...words.map(({ change }) => Math.abs(change)));
  return (
    <section aria-labelledby="learning-words">
      <div className={classes.head}>
        <div>
          <h2 id="learning-words">Words whose weight changed</h2>
          <p className={page.soft}>
            Against the shipped model, the most moved first; in three texts or more. A number of 1 is much: it
            turns even odds into about three to one.
          </p>
        </div>
        {labels.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Label"
            value={label ?? ''}
            onChange={setChosen}
            data={labels.map((value) => ({ value, label: labelName(value) }))}
          />
        )}
      </div>
      {details.isPending ? (
        <LoadingRows rows={4} />
      ) : details.isError ? (
        <Failed error={details.error} what="The words" onRetry={() => void details.refetch()} />
      ) : words.length === 0 ? (
        <p className={page.soft}>No single word changed: only the certainty of the scores did.</p>
      ) : (
        <div className={classes.words}>
          <LearnedWordList
            title="Rejected more often"
            kind="refused"
            words={words.filter(({ change }) => change > 0)}
            maxChange={maxChange}
          />
          <LearnedWordList
            title="Published more often"
            kind="passed"
            words={words.filter(({ change }) => change < 0)}
            maxChange={maxChange}
          />
        </div>
      )}
    </section>
  );
}

interface LearnedWordListProps {
  title: string;
  kind: 'refused' | 'passed';
  words: readonly SiteModelWord[];
  maxChange: number;
}

function LearnedWordList({ title, kind, words, maxChange }: LearnedWordListProps) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? words : words.slice(0, MAX_SHOWN);
  return (
    <div>
      <h3>{title}</h3>
      {words.length === 0 ? (
        <p className={page.soft}>None.</p>
      ) : (
        <table className={classes.moved}>
          <thead className={page.hidden}>
            <tr>
              <th scope="col">Word</th>
              <th scope="col">Moved by</th>
              <th scope="col">Texts</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ text, change, texts }) => (
              <tr key={text}>
                <th scope="row" className={isClause(text) ? page.mono : undefined}>
                  {text}
                </th>
                <td>
                  <span
                    className={classes.bar}
                    data-kind={kind}
                    style={{ inlineSize: `${Math.max(2, (Math.abs(change) / maxChange) * 100)}%` }}
                    aria-hidden
                  />
                  <span className={classes.change}>
                    {change > 0 ? '+' : '−'}
                    {Math.abs(change).toFixed(2)}
                  </span>
                </td>
                <td>
                  <span className={page.small}>
                    {texts} {texts === 1 ? 'text' : 'texts'}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {words.length > MAX_SHOWN && (
        <button type="button" className={classes.more} onClick={() => setAll(!isAll)}>
          {isAll ? 'Show fewer' : `Show all ${words.length}`}
        </button>
      )}
    </div>
  );
}
