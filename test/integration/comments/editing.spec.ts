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
    const conversation = await Conversation.open(app);
    const anna = await conversation.token('anna');
    const id = await conversation.published(anna, 'Old words');
    const edited = await conversation.comment('PATCH', id, { token: anna, body: { body: 'New words' } });
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
    expect((await conversation.thread()).body).toMatchObject({ total: 0, items: [] });
    expect((await conversation.comment('GET', id)).status).toBe(404);
    expect((await conversation.thread('', anna)).body.items).toMatchObject([
      { id, status: 'pending', body: 'New words' },
    ]);

    expect(await conversation.move(id, 'pending', 'published')).toMatchObject({ ok: false });
    await conversation.move(id, 'pending', 'published', { revision: 2 });
    expect((await conversation.thread()).body).toMatchObject({
      total: 1,
      items: [{ body: 'New words', revision: 2, editedAt: expect.any(String) }],
    });
  });

  it('keeps the old text public if the policy says so, and shows the new one to the author', async () => {
    const conversation = await Conversation.open(app, { showOldWhileScoring: true });
    const anna = await conversation.token('anna');
    const id = await conversation.published(anna, 'Old words');
    await conversation.comment('PATCH', id, { token: anna, body: { body: 'New words' } });
    const shown = (await conversation.thread()).body;
    expect(shown).toMatchObject({
      total: 1,
      items: [{ id, body: 'Old words', status: 'published', revision: 1, editedAt: null }],
    });
    expect(JSON.stringify(shown)).not.toContain('New words');
    const own = (await conversation.thread('', anna)).body;
    expect(own.items).toMatchObject([{ id, body: 'New words', status: 'pending', revision: 2 }]);
    await conversation.move(id, 'pending', 'held', { revision: 2 });
    expect((await conversation.thread()).body).toMatchObject({ total: 0, items: [] });
  });

  it('changes nothing if the text stays the same', async () => {
    const conversation = await Conversation.open(app);
    const anna = await conversation.token('anna');
    const id = await conversation.published(anna, 'Words');
    const same = await conversation.comment('PATCH', id, {
      token: anna,
      body: { body: '  Words \n'.trimStart() },
    });
    expect(same).toMatchObject({ status: 200, body: { status: 'published', revision: 1 } });
    expect((await conversation.thread()).body.total).toBe(1);
  });

  it('is possible only for the author, within the edit window, and not for rejected comments', async () => {
    const conversation = await Conversation.open(app);
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const id = await conversation.published(anna, 'Words');
    const edit = (token?: string) =>
      conversation.comment('PATCH', id, { ...(token ? { token } : {}), body: { body: 'Other words' } });
    expect(await edit()).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    expect(await edit(ben)).toMatchObject({ status: 403, body: { code: 'not-the-author' } });
    expect(await conversation.comment('DELETE', id, { token: ben })).toMatchObject({ status: 403 });
    await conversation.move(id, 'published', 'removed');
    expect(await edit(anna)).toMatchObject({ status: 409, body: { code: 'not-editable' } });
    await conversation.move(id, 'removed', 'published');
    await conversation.setPolicy({ editWindowSeconds: 0 });
    expect(await edit(anna)).toMatchObject({ status: 409, body: { code: 'edit-window-closed' } });
    expect(await conversation.comment('DELETE', id, { token: anna })).toMatchObject({
      status: 409,
      body: { code: 'edit-window-closed' },
    });
    expect((await conversation.thread('', anna)).body.items[0].viewer).toMatchObject({
      mine: true,
      canEdit: false,
      canDelete: false,
    });
    expect(
      (await conversation.comment('PATCH', 'nonsense', { token: anna, body: { body: 'x' } })).status,
    ).toBe(404);
  });

  it('is refused if the gate no longer allows the reader to comment', async () => {
    const conversation = await Conversation.open(app);
    const anna = await conversation.token('anna');
    const id = await conversation.published(anna, 'Words');
    await conversation.setStory({ state: 'closed' });
    const edit = await conversation.comment('PATCH', id, { token: anna, body: { body: 'Other words' } });
    expect(edit).toMatchObject({ status: 403, body: { code: 'story-closed' } });
    expect((await conversation.comment('DELETE', id, { token: anna })).status).toBe(204);
  });

  it('applies concurrent edits one after the other, and counts each', async () => {
    const conversation = await Conversation.open(app);
    const anna = await conversation.token('anna');
    const id = await conversation.published(anna, 'Words');
    const edits = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        conversation.comment('PATCH', id, { token: anna, body: { body: `Words ${n}` } }),
      ),
    );
    expect(edits.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await conversation.comment('GET', id, { token: anna })).body.revision).toBe(9);
  });
});

describe('deleting a comment', () => {
  it.each(['pending', 'held', 'rejected', 'published'] as const)(
    'permanently removes a %s comment',
    async (status) => {
      const conversation = await Conversation.open(app);
      const anna = await conversation.token('anna');
      const { body } = await conversation.post(anna, 'Words');
      if (status !== 'pending') await conversation.move(body.id, 'pending', status);
      const deleted = await conversation.comment('DELETE', body.id, { token: anna });
      expect(deleted).toMatchObject({ status: 204, body: null });
      expect((await conversation.thread('', anna)).body).toMatchObject({ total: 0, items: [] });
      expect((await conversation.comment('GET', body.id, { token: anna })).status).toBe(404);
      expect((await conversation.comment('DELETE', body.id, { token: anna })).status).toBe(404);
      expect(
        (await conversation.comment('PATCH', body.id, { token: anna, body: { body: 'Back' } })).status,
      ).toBe(404);
    },
  );
});
