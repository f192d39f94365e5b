import { SecretCard } from '../shell/secret-card.js';
import type { SiteWithSecret } from '../api-types.js';
import { Snippet } from './snippet.js';
import { embedCode } from './snippets.js';
import classes from './settings.module.css';

interface Props {
  site: SiteWithSecret;
  /** Whether the secret can still be shown. */
  isSecretOpen: boolean;
  onSecretSaved: () => void;
}

/** A newly created site: its secret, shown only once, and the embed code. */
export function NewSite({ site, isSecretOpen, onSecretSaved }: Props) {
  return (
    <>
      {isSecretOpen && (
        <SecretCard
          secret={site.ssoSecret}
          name="Secret for reader tokens"
          text={`${site.name} is created. Your server signs the tokens of its readers with this secret. It is not shown again; you can create another one under Reader sign-in.`}
          onClose={onSecretSaved}
        />
      )}
      <p className={classes.note}>
        {isSecretOpen ? 'And these lines' : `${site.name} is made. These lines`} bring its comments into the
        page of a story. Replace STORY_KEY with your own id of the page:
      </p>
      <Snippet name="Lines for the page of a story" code={embedCode(window.location.origin, site.id)} />
    </>
  );
}
