import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { findProvider } from '../../platform/auth/find-provider.js';
import { StaffNames } from '../../platform/auth/staff-names.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteFacts } from '../sites/site-facts.js';
import {
  displayName,
  nameSkeleton,
  numberedNameVariants,
  checkDisplayName,
  placeholderName,
} from './display-name.js';
import type { ReaderRole } from './signed-in-reader.js';
import { sql } from '../../platform/database/sql.js';

/** Whether a text is too offensive to be shown as a name on the site. */
export type OffensiveNameCheck = (site: SiteFacts, text: string) => boolean;

export interface UniqueDisplayName {
  readonly name: string;
  readonly skeleton: string;
}

/**
 * Chooses the name shown for a reader. The publisher's `name` never causes a reader to be refused. A name that claims
 * an official role, belongs to staff or is offensive is replaced ("Reader 3f9a1c"). A name that is equal or too
 * similar to that of another reader of the site gets a number ("Ada Lovelace (2)").
 */
@Injectable()
export class DisplayNameModeration {
  private isOffensive: OffensiveNameCheck = () => false;

  constructor(private readonly modules: ModuleRef) {}

  /** Sets the check for offensive text, which is also used for comments. The scoring feature calls this at startup. */
  useOffensiveNameCheck(isOffensive: OffensiveNameCheck): void {
    this.isOffensive = isOffensive;
  }

  /**
   * Must run inside the transaction that stores the name. Its lock prevents others from taking the same name at the
   * same time.
   */
  async chooseName(
    tx: Tx,
    site: SiteFacts,
    reader: { readonly id: ReaderId; readonly role: ReaderRole },
    raw: string,
  ): Promise<UniqueDisplayName> {
    if (reader.role !== 'reader') {
      const name = displayName(raw) || placeholderName(reader.id);
      return { name, skeleton: nameSkeleton(name) };
    }
    const check = checkDisplayName(raw, {
      staffNames: [site.name, ...(await this.staffNames(tx, site))],
      isOffensive: (text) => this.isOffensive(site, text),
    });
    return this.makeUnique(tx, site, reader.id, check.ok ? check.name : placeholderName(reader.id));
  }

  private async staffNames(tx: Tx, site: SiteFacts): Promise<readonly string[]> {
    const [rows, moderators] = await Promise.all([
      tx.prepared<{ name: string }>(
        'staff-names',
        sql`SELECT name FROM reader WHERE site_id = $1 AND role <> 'reader'`,
        [site.id],
      ),
      findProvider(this.modules, StaffNames)?.namesFor(site.id),
    ]);
    return [...rows.map(({ name }) => name), ...(moderators ?? [])];
  }

  private async makeUnique(tx: Tx, site: SiteFacts, id: ReaderId, name: string): Promise<UniqueDisplayName> {
    const skeleton = nameSkeleton(name);
    // If two readers with the same name arrive at the same moment, the second waits and then sees the first.
    tx.write('name-lock', sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7342))`, [
      `${site.id}\n${skeleton}`,
    ]);
    const candidates = numberedNameVariants(name).map((candidate) => ({
      name: candidate,
      skeleton: nameSkeleton(candidate),
    }));
    const taken = await tx.prepared<{ name_skeleton: string }>(
      'names-taken',
      sql`SELECT name_skeleton FROM reader WHERE site_id = $1 AND name_skeleton = ANY ($2) AND id <> $3`,
      [site.id, candidates.map((candidate) => candidate.skeleton), id],
    );
    const takenSkeletons = new Set(taken.map((row) => row.name_skeleton));
    const free = candidates.find((candidate) => !takenSkeletons.has(candidate.skeleton));
    if (free) return free;
    // All numbered variants are taken, so part of the reader's id makes the name unique.
    const nameWithId = `${name} (${id.replaceAll('-', '').slice(-6)})`;
    return { name: nameWithId, skeleton: nameSkeleton(nameWithId) };
  }
}
