import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api.js';
import { toFormError, type FormError } from '../shell/form-error.js';
import { PanelForm } from '../shell/panel-form.js';
import panels from '../shell/panels.module.css';
import { go, hrefOf } from '../router.js';
import { useSessionContext } from '../session/session.js';
import type { Site, SiteContents } from '../api-types.js';

/** Lists what is deleted with a site, and deletes it once its name has been typed. */
export function DeleteSite({ site, onClose }: { site: Site; onClose: () => void }) {
  const { refresh } = useSessionContext();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ['site-contents', site.id],
    queryFn: ({ signal }) => api.siteContents(site.id, signal),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== site.name.trim())
      return setFault({ field: 'typed', text: `Enter the exact name: ${site.name}` });
    setBusy(true);
    setFault(null);
    try {
      await api.removeSite(site.id);
      go(hrefOf('/settings', { part: 'sites', deleted: site.name }), { replace: true });
      refresh();
    } catch (error) {
      setFault(toFormError(error, []));
      setBusy(false);
    }
  };

  return (
    <PanelForm
      title={`Delete ${site.name}?`}
      submit="Delete it for good"
      isDestructive
      fault={fault}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={panels.text}>
        {data && (
          <>
            <b>{contentsText(data)}</b>{' '}
          </>
        )}
        With the site go its policy and tiers, entitlements and billing systems, webhook endpoints and their
        logs, what its scorer learned, and the roles of its team. Pages that show its comments show none from
        then on. Nothing of it can be brought back; only the audit record stays.
      </div>
      <TextInput
        label={`Type ${site.name} to delete it`}
        value={typed}
        error={fault?.field === 'typed' ? fault.text : undefined}
        autoComplete="off"
        autoFocus
        maw={420}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </PanelForm>
  );
}

function contentsText({ stories, comments, readers }: SiteContents): string {
  const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;
  if (stories + comments + readers === 0) return 'There is no story, comment or reader yet.';
  return `${count(stories, 'story', 'stories')}, ${count(comments, 'published comment', 'published comments')} and ${count(readers, 'reader', 'readers')} are deleted.`;
}
