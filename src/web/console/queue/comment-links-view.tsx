import { Link as LinkIcon } from 'lucide-react';
import { useMemo } from 'react';
import type { DoubtfulHost } from '../api-types.js';
import { linksOf } from './comment-links.js';
import classes from './comment-links-view.module.css';

/**
 * Where a comment's links lead, and warnings about suspicious hosts, including hosts that appear only as text.
 * Nothing is fetched.
 */
export function CommentLinks({
  html,
  doubtfulHosts,
}: {
  html: string | null;
  doubtfulHosts: readonly DoubtfulHost[];
}) {
  const links = useMemo(() => linksOf(html), [html]);
  const linked = new Set(links.map(({ host }) => host));
  const mentionedOnly = doubtfulHosts.filter(({ host }) => !linked.has(host));
  if (links.length === 0 && mentionedOnly.length === 0) return null;
  return (
    <ul className={classes.links} aria-label="Where its links lead">
      {links.map(({ text, target, host, isDisguised }) => (
        <li key={target}>
          <LinkIcon size={13} aria-hidden />
          <span>
            {text !== null && <>“{text}” leads to </>}
            <code>{target}</code>
            <Doubts
              texts={[
                ...(isDisguised ? ['another site than it says'] : []),
                ...doubtfulHosts.filter((each) => each.host === host).map(doubtText),
              ]}
            />
          </span>
        </li>
      ))}
      {mentionedOnly.map((each) => (
        <li key={each.host}>
          <LinkIcon size={13} aria-hidden />
          <span>
            <code>{each.shown}</code> is written <Doubts texts={[doubtText(each)]} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Doubts({ texts }: { texts: readonly string[] }) {
  return texts.length > 0 && <b> {texts.join(', ')}</b>;
}

function doubtText({ doubt, like }: DoubtfulHost): string {
  switch (doubt) {
    case 'look-alike':
      return `looks like ${like ?? 'another'}`;
    case 'mixed-scripts':
      return 'mixes alphabets';
    case 'digits':
      return 'is an address of digits';
    case 'shortened':
      return 'hides where it leads';
    case 'blocked':
      return 'is blocked here';
  }
}
