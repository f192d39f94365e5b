import type { Session } from '../session.js';

/** The display name of the reader's comments, from their token; '' if the token cannot be read. */
export function nameFromToken(session: Session): string {
  try {
    const payload = session.token?.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
      c.charCodeAt(0),
    );
    const { name } = JSON.parse(new TextDecoder().decode(bytes)) as { name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}
