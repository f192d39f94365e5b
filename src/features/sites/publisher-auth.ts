import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ADMIN_KEY } from '../../platform/auth/admin-key.js';
import { findProvider } from '../../platform/auth/find-provider.js';
import type { AdminPrincipal, KeyPrincipal } from '../../platform/auth/principal.js';
import { bearerOf } from '../../platform/auth/request.js';
import { requireConsoleHeader, SessionResolver } from '../../platform/auth/session-resolver.js';
import { unauthorized } from '../../platform/http/problem.js';
import { PublisherKeys } from './publisher-keys.js';
import type { PublisherPrincipal } from './publisher-access.js';

const ADMIN: AdminPrincipal = { kind: 'admin' };
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Authenticates callers with the admin key, a publisher key or a console session. */
@Injectable()
export class PublisherAuth {
  private readonly adminDigest: Buffer;
  private sessions: SessionResolver | null | undefined;

  constructor(
    private readonly keys: PublisherKeys,
    private readonly modules: ModuleRef,
    @Inject(ADMIN_KEY) adminKey: string,
  ) {
    this.adminDigest = digest(adminKey);
  }

  /**
   * @returns the caller, or null if the request has neither a bearer token nor a session
   * @throws Problem 401 for a bearer token that is not a valid key, 403 for a session's write without the console's
   *   header, which another website may have sent (CSRF)
   */
  async principalOf(request: FastifyRequest): Promise<PublisherPrincipal | null> {
    const bearer = bearerOf(request);
    if (bearer !== null) {
      const principal = await this.principalOfKey(bearer);
      if (!principal) throw unauthorized('The key is not valid.');
      return principal;
    }
    if (request.headers.authorization !== undefined) throw unauthorized('Send the key as a bearer token.');
    this.sessions ??= findProvider(this.modules, SessionResolver);
    const moderator = (await this.sessions?.resolve(request)) ?? null;
    if (moderator) requireConsoleHeader(request);
    return moderator;
  }

  /** For routes that receive the key outside the `Authorization` header. Null if the key is not valid. */
  principalOfKey(key: string): Promise<AdminPrincipal | KeyPrincipal | null> {
    // Digests have equal lengths, so the comparison does not reveal the length of the key.
    if (timingSafeEqual(digest(key), this.adminDigest)) return Promise.resolve(ADMIN);
    return this.keys.find(key);
  }
}
