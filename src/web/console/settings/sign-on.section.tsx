import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import { LoadState } from '../shell/load-state.js';
import { SectionHeader } from '../shell/section-header.js';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import type { ShownSecret } from '../shell/rotate-panel.js';
import { SecretCard } from '../shell/secret-card.js';
import { hrefOf, Link } from '../router.js';
import { ReaderTokenKeys } from './reader-token-keys.js';
import classes from './settings.module.css';
import { SharedSecrets } from './shared-secrets.js';
import { SignOnForm } from './sign-on-form.js';
import { Snippet } from './snippet.js';
import { signingCode } from './snippets.js';

/** The keys that sign the tokens readers get from the publisher's own sign-in. */
export function SignOnSection() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const [secret, setSecret] = useState<ShownSecret | null>(null);
  const key = ['sign-on', site.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.signOn(site.id, signal),
  });

  return (
    <section className={parts.part} aria-label="Reader sign-in">
      <SectionHeader
        title="Reader sign-in"
        text="Readers sign in with you. Your server signs a token that says who they are, and the page passes it to the comment section. Postbag never sees their passwords."
      >
        <Button size="xs" variant="default" disabled={!data} onClick={() => setEditing(true)}>
          Edit
        </Button>
      </SectionHeader>
      {secret && (
        <SecretCard
          secret={secret.value}
          name="Secret for reader tokens"
          text={secret.text}
          onClose={() => setSecret(null)}
        />
      )}
      {!data ? (
        <LoadState
          what="How tokens are signed"
          error={error}
          isFetching={isFetching}
          onRetry={() => void refetch()}
        />
      ) : (
        <>
          {isEditing && (
            <SignOnForm
              signOn={data}
              onClose={() => setEditing(false)}
              onSaved={(saved) => {
                queries.setQueryData(key, saved);
                setEditing(false);
              }}
            />
          )}
          <dl className={`${marks.facts} ${classes.facts}`}>
            <dt>Tokens are signed by</dt>
            <dd>
              {data.family === 'hmac'
                ? 'a shared secret, HS256'
                : 'keys of your own: RS256, PS256, ES256 or EdDSA'}
            </dd>
            <dt>Their issuer</dt>
            <dd>
              {data.issuer === null ? (
                <span className={marks.soft}>is not checked</span>
              ) : (
                <>
                  must be <span className={marks.mono}>{data.issuer}</span>
                </>
              )}
            </dd>
          </dl>
          {data.family === 'hmac' ? (
            <SharedSecrets onSecret={setSecret} />
          ) : (
            <ReaderTokenKeys signOn={data} />
          )}
          <div className={parts.sub}>
            <h3>On your server</h3>
          </div>
          <p className={classes.note}>
            Any library for JSON web tokens does. <code>sub</code> (your own id of the reader),{' '}
            <code>name</code>, <code>exp</code> and <code>aud</code> (this site’s id) must be there; a token
            lives 24 hours at most. What somebody may do then is shown under{' '}
            <Link href={hrefOf('/access', { site: site.id, part: 'refusals' })}>Access, Refusals</Link>.
          </p>
          <Snippet name="A token, signed" code={signingCode(data, site.id)} />
        </>
      )}
    </section>
  );
}
