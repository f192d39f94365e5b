import type { Comment } from '../../kit/wire.js';
import type { App } from '../thread/app.js';
import { addReplies, repliesOf } from '../thread/thread-state.js';

/** A link to a comment (`#postbag-ID`): shows it, loading it with what it answers when it is on a later page. */
export async function goToLinked(app: App): Promise<void> {
  const id = /^#postbag-([\w-]+)$/.exec(location.hash)?.[1];
  if (!id) return;
  const { state, session } = app;
  try {
    const path: Comment[] = [];
    for (let next: string | null = id; next; next = path[0]?.parentId ?? null)
      path.unshift(state.byId.get(next) ?? (await session.api.get<Comment>(`/api/v1/comments/${next}`)));
    const [top, ...below] = path;
    if (!top || state !== app.state) return;
    for (const comment of path) state.byId.set(comment.id, comment);
    const replies = repliesOf(state, top.id);
    if (!state.order.includes(top.id)) {
      state.order.unshift(top.id);
      replies.next = top.replyCount > 0 ? '' : null;
    }
    addReplies(state, top.id, { items: below, next: replies.next });
    app.draw();
    app.focus(id, false);
  } catch {
    // It is gone, or not for this reader: the thread itself is the answer.
  }
}
