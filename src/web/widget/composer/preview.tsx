import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';
import { describeError } from './describe-error.js';

/** A preview of the text as rendered by the server. */
export function Preview({ app, body }: { app: App; body: string }) {
  const { t } = app;
  const [html, setHtml] = useState<string | null>(null);
  const [errorMessage, setErrorMessage] = useState('');
  useEffect(() => {
    const controller = new AbortController();
    const { api, host } = app.session;
    api
      .request<{ html: string }>('POST', `/api/v1/sites/${encodeURIComponent(host.site)}/preview`, {
        body: { body },
        signal: controller.signal,
      })
      .then(
        (answer) => setHtml(answer.html),
        (error: unknown) => {
          if (controller.signal.aborted) return;
          const description = describeError(app, error, 'act');
          setErrorMessage(description.text ?? description.refusal?.message ?? '');
        },
      );
    return () => controller.abort();
  }, []);
  if (errorMessage)
    return (
      <div class="shown">
        <p class="wrong" role="alert">
          {t('previewFailed')} {errorMessage}
        </p>
      </div>
    );
  if (html === null)
    return (
      <div class="shown" role="status">
        {t('previewing')}
      </div>
    );
  return (
    <div
      class="shown text"
      dir="auto"
      role="region"
      aria-label={t('preview')}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
