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

/** Whether a text is unfit to be shown as a name on that site. */
export type OffensiveNameCheck = (site: SiteFacts, text: string) => boolean;

export interface UniqueDisplayName {
  readonly name: string;
  readonly skeleton: string;
}

/**
 * What a reader is called. The publisher's `name` is never a reason to refuse a reader: one that claims an office,
 * belongs to staff or is unfit is replaced ("Reader 3f9a1c"), and one that another reader of the site already has
 * or looks like is numbered ("Ada Lovelace (2)").
 */
@Injectable()
export class DisplayNameModeration {
  private isOffensive: OffensiveNameCheck = () => false;

  constructor(private readonly modules: ModuleRef) {}

  /** The reading that comments get; the feature that has it hands it in at start. */
  useOffensiveNameCheck(isOffensive: OffensiveNameCheck): void {
    this.isOffensive = isOffensive;
  }

  /** Inside the transaction that stores the name, which keeps others from taking the same at that moment. */
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
        `SELECT name FROM reader WHERE site_id = $1 AND role <> 'reader'`,
        [site.id],
      ),
      findProvider(this.modules, StaffNames)?.of(site.id),
    ]);
    return [...rows.map(({ name }) => name), ...(moderators ?? [])];
  }

  private async makeUnique(tx: Tx, site: SiteFacts, id: ReaderId, name: string): Promise<UniqueDisplayName> {
    const skeleton = nameSkeleton(name);
    // Two readers of one name who come at the same moment: the second waits, and sees the first.
    tx.write('name-lock', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7342))', [
      `${site.id}\n${skeleton}`,
    ]);
    const shown = numberedNameVariants(name).map((candidate) => ({
      name: candidate,
      skeleton: nameSkeleton(candidate),
    }));
    const taken = await tx.prepared<{ name_skeleton: string }>(
      'names-taken',
      'SELECT name_skeleton FROM reader WHERE site_id = $1 AND name_skeleton = ANY ($2) AND id <> $3',
      [site.id, shown.map((candidate) => candidate.skeleton), id],
    );
    const takenSkeletons = new Set(taken.map((row) => row.name_skeleton));
    const free = shown.find((candidate) => !takenSkeletons.has(candidate.skeleton));
    if (free) return free;
    // A name that ten have: the reader's own number tells this one apart from all of them.
    const tagged = `${name} (${id.replaceAll('-', '').slice(-6)})`;
    return { name: tagged, skeleton: nameSkeleton(tagged) };
  }
}
