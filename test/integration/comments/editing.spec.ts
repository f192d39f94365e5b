import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('editing a comment', () => {
  it('hides the old text until the new one is published', async () => {
    const talk = await Conversation.open(app);
    const anna = await talk.token('anna');
    const id = await talk.published(anna, 'Old words');
    const edited = await talk.comment('PATCH', id, { token: anna, body: { body: 'New words' } });
    expect(edited).toMatchObject({
      status: 200,
      body: {
        status: 'pending',
        revision: 2,
        body: 'New words',
        editedAt: expect.any(String),
        viewer: { mine: true },
      },
    });
    expect((await talk.thread()).body).toMatchObject({ total: 0, items: [] });
    expect((await talk.comment('GET', id)).status).toBe(404);
    expect((await talk.thread('', anna)).body.items).toMatchObject([
      { id, status: 'pending', body: 'New words' },
    ]);

    expect(await talk.move(id, 'pending', 'published')).toMatchObject({ ok: false });
    await talk.move(id, 'pending', 'published', { revision: 2 });
    expect((await talk.thread()).body).toMatchObject({
      total: 1,
      items: [{ body: 'New words', revision: 2, editedAt: expect.any(String) }],
    });
  });

  it('keeps the old text public where the policy says so, and shows the author the new one', async () => {
    const talk = await Conversation.open(app, { showOldWhileScoring: true });
    const anna = await talk.token('anna');
    const id = await talk.published(anna, 'Old words');
    await talk.comment('PATCH', id, { token: anna, body: { body: 'New words' } });
    const shown = (await talk.thread()).body;
    expect(shown).toMatchObject({
      total: 1,
      items: [{ id, body: 'Old words', status: 'published', revision: 1, editedAt: null }],
    });
    expect(JSON.stringify(shown)).not.toContain('New words');
    const own = (await talk.thread('', anna)).body;
    expect(own.items).toMatchObject([{ id, body: 'New words', status: 'pending', revision: 2 }]);
    await talk.move(id, 'pending', 'held', { revision: 2 });
    expect((await talk.thread()).body).toMatchObject({ total: 0, items: [] });
  });

  it('changes nothing when the text stays the same', async () => {
    const talk = await Conversation.open(app);
    const anna = await talk.token('anna');
    const id = await talk.published(anna, 'Words');
    const same = await talk.comment('PATCH', id, { token: anna, body: { body: '  Words \n'.trimStart() } });
    expect(same).toMatchObject({ status: 200, body: { status: 'published', revision: 1 } });
    expect((await talk.thread()).body.total).toBe(1);
  });

  it('is only for the author, within the edit window, and not for refused comments', async () => {
    const talk = await Conversation.open(app);
    const [anna, ben] = [await talk.token('anna'), await talk.token('ben')];
    const id = await talk.published(anna, 'Words');
    const edit = (token?: string) =>
      talk.comment('PATCH', id, { ...(token ? { token } : {}), body: { body: 'Other words' } });
    expect(await edit()).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    expect(await edit(ben)).toMatchObject({ status: 403, body: { code: 'not-the-author' } });
    expect(await talk.comment('DELETE', id, { token: ben })).toMatchObject({ status: 403 });
    await talk.move(id, 'published', 'removed');
    expect(await edit(anna)).toMatchObject({ status: 409, body: { code: 'not-editable' } });
    await talk.move(id, 'removed', 'published');
    await talk.setPolicy({ editWindowSeconds: 0 });
    expect(await edit(anna)).toMatchObject({ status: 409, body: { code: 'edit-window-closed' } });
    expect(await talk.comment('DELETE', id, { token: anna })).toMatchObject({
      status: 409,
      body: { code: 'edit-window-closed' },
    });
    expect((await talk.thread('', anna)).body.items[0].viewer).toMatchObject({
      mine: true,
      canEdit: false,
      canDelete: false,
    });
    expect((await talk.comment('PATCH', 'nonsense', { token: anna, body: { body: 'x' } })).status).toBe(404);
  });

  it('is refused when the gate no longer admits the reader', async () => {
    const talk = await Conversation.open(app);
    const anna = await talk.token('anna');
    const id = await talk.published(anna, 'Words');
    await talk.setStory({ state: 'closed' });
    const edit = await talk.comment('PATCH', id, { token: anna, body: { body: 'Other words' } });
    expect(edit).toMatchObject({ status: 403, body: { code: 'story-closed' } });
    expect((await talk.comment('DELETE', id, { token: anna })).status).toBe(204);
  });

  it('applies concurrent edits one after the other, and counts each', async () => {
    const talk = await Conversation.open(app);
    const anna = await talk.token('anna');
    const id = await talk.published(anna, 'Words');
    const edits = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        talk.comment('PATCH', id, { token: anna, body: { body: `Words ${n}` } }),
      ),
    );
    expect(edits.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await talk.comment('GET', id, { token: anna })).body.revision).toBe(9);
  });
});

describe('deleting a comment', () => {
  it.each(['pending', 'held', 'rejected', 'published'] as const)(
    'permanently removes a %s comment',
    async (status) => {
      const talk = await Conversation.open(app);
      const anna = await talk.token('anna');
      const { body } = await talk.post(anna, 'Words');
      if (status !== 'pending') await talk.move(body.id, 'pending', status);
      const deleted = await talk.comment('DELETE', body.id, { token: anna });
      expect(deleted).toMatchObject({ status: 204, body: null });
      expect((await talk.thread('', anna)).body).toMatchObject({ total: 0, items: [] });
      expect((await talk.comment('GET', body.id, { token: anna })).status).toBe(404);
      expect((await talk.comment('DELETE', body.id, { token: anna })).status).toBe(404);
      expect((await talk.comment('PATCH', body.id, { token: anna, body: { body: 'Back' } })).status).toBe(
        404,
      );
    },
  );
});
