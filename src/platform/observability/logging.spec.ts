import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { createLog, PinoLogger } from './logging.js';

function logLines(log: (logger: PinoLogger) => void): string {
  let text = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  log(new PinoLogger(createLog('trace', sink)));
  return text;
}

describe('a log line', () => {
  it('contains no secrets or personal data at any depth', () => {
    const text = logLines((logger) =>
      logger.warn({
        event: 'x',
        password: 'lanterns',
        site: { ssoSecret: 'lanterns', owner: { email: 'lanterns', session: { cookie: 'lanterns' } } },
        headers: { authorization: 'lanterns', cookie: 'lanterns' },
        siteId: 'kept',
      }),
    );
    expect(text).not.toContain('lanterns');
    expect(text).toContain('kept');
  });

  it('includes the type and location of an error, but not the values in it', () => {
    const refused = new pg.DatabaseError('duplicate key value', 1, 'error');
    Object.assign(refused, {
      code: '23505',
      constraint: 'moderator_email',
      table: 'moderator',
      detail: 'Key (email)=(vera@ledger.example) already exists.',
      where: 'vera@ledger.example',
    });
    const failed = new QueryFailedError('UPDATE moderator SET email = $1', ['vera@ledger.example'], refused);
    const wrapper = new Error('the account was not stored', { cause: refused });
    const text = logLines((logger) => {
      logger.error({ event: 'request.failed', error: refused });
      logger.error({ event: 'request.failed', error: failed });
      logger.error({ event: 'request.failed', error: wrapper });
      logger.error(wrapper);
    });
    expect(text).not.toContain('vera');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { error: Record<string, unknown> });
    expect(lines[0].error).toMatchObject({
      message: 'duplicate key value',
      code: '23505',
      constraint: 'moderator_email',
      stack: expect.stringContaining('logging.spec'),
    });
    expect(lines[2].error).toMatchObject({
      message: 'the account was not stored',
      cause: { code: '23505', message: 'duplicate key value' },
    });
    expect(lines[3].error).toMatchObject({ message: 'the account was not stored' });
  });

  it('includes a thrown value that is not an error', () => {
    expect(logLines((logger) => logger.error({ event: 'x', error: 'a word' }))).toContain('a word');
  });
});
