import { describe, expect, it } from '@jest/globals';
import { cookiesToSet, PLAIN_SESSION_COOKIE, SESSION_COOKIE } from './session-cookie.js';

describe('the session cookie', () => {
  it('has the __Host- prefix over https', () => {
    expect(cookiesToSet({ https: true, hostname: 'desk.example' })).toEqual([SESSION_COOKIE]);
    expect(cookiesToSet({ https: true, hostname: 'localhost' })).toEqual([SESSION_COOKIE]);
  });

  it('is set with and without the prefix on http loopback, because not every browser stores Secure cookies there', () => {
    for (const hostname of ['localhost', '127.0.0.1', '[::1]']) {
      expect(cookiesToSet({ https: false, hostname })).toEqual([SESSION_COOKIE, PLAIN_SESSION_COOKIE]);
    }
  });

  it('has no prefix on a plain http host', () => {
    expect(cookiesToSet({ https: false, hostname: '192.168.1.20' })).toEqual([PLAIN_SESSION_COOKIE]);
    expect(cookiesToSet({ https: false, hostname: '127.0.0.1.example.com' })).toEqual([PLAIN_SESSION_COOKIE]);
  });
});
