import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { conflict, invalid, notFound, Problem } from '../../../platform/http/problem.js';
import { isUuid, newId } from '../../../platform/ids.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { requireWholeSite } from '../../sites/publisher.guard.js';
import { ImportFormats } from './import-formats.js';
import { ImportRunnerService } from './import-runner.service.js';
import { importJobFor } from './import.job.js';
import {
  ImportRepository,
  type ImportPrincipal,
  type LineFault,
  type SiteImport,
  type SiteImportId,
} from './import.repository.js';
import { compressedChunks, decompressedHead } from './upload.js';

/** Maximum size as stored, that is, compressed. */
const MAX_FILE_BYTES = 8 * 1024 ** 3;

export interface ImportRequest {
  readonly format: string;
  readonly dryRun: boolean;
  readonly group: string | null;
}

/** Receives files that a worker then imports, and reports the progress. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportRepository,
    private readonly formats: ImportFormats,
    private readonly runner: ImportRunnerService,
    private readonly jobs: JobsService,
  ) {}

  /**
   * Stores the file chunk by chunk as it arrives. When this resolves, the file is stored durably and its import queued.
   *
   * @throws Problem 400 if the file is not of the format or the upload is incomplete, 409 if another import of the site
   *   is running or the upload was cancelled or timed out, 413 if the file is too large
   */
  async receive(
    ctx: SiteContext,
    request: ImportRequest,
    body: AsyncIterable<Buffer>,
  ): Promise<SiteImportId> {
    requireWholeSite(ctx, 'An import affects the whole site');
    const format = this.formats.get(request.format)!;
    if (request.group !== null && format.name !== 'coral')
      throw invalid([
        {
          pointer: '/query/coralSite',
          code: 'not-coral',
          message: 'Only the format coral has sites to choose from.',
        },
      ]);
    const id = newId<'site-import'>();
    const row = {
      id,
      format: format.name,
      options: { group: request.group, groups: null },
      dryRun: request.dryRun,
      principal: toImportPrincipal(ctx.principal),
    };
    let isInserted = false;
    const insertImport = async (): Promise<void> => {
      isInserted = await this.database.inSite(ctx, (tx) => this.imports.insert(tx, ctx, row));
      if (!isInserted)
        throw conflict(
          'import-running',
          'Another import of this site is running. Wait for it to finish or cancel it.',
        );
    };
    const checkHead = (head: Buffer): void => {
      const refusal =
        head.length === 0
          ? 'The body is empty. Send the file as the body.'
          : format.refusal(decompressedHead(head));
      if (refusal !== null) throw invalid([{ pointer: '', code: 'bad-file', message: refusal }]);
    };
    try {
      let number = 0;
      let bytes = 0;
      for await (const chunk of compressedChunks(body, checkHead)) {
        if (number === 0) await insertImport();
        bytes += chunk.length;
        if (bytes > MAX_FILE_BYTES) throw new Problem(413, 'too-large', 'The file is larger than 8 GB.');
        const at = number++;
        const isAdded = await this.database.inSite(ctx, (tx) =>
          this.imports.addChunk(tx, ctx, id, at, chunk),
        );
        if (!isAdded)
          throw conflict(
            'import-given-up',
            'The upload was cancelled, or it timed out because no data arrived.',
          );
      }
      await this.database.inSite(ctx, async (tx) => {
        if (!(await this.imports.start(tx, ctx, id)))
          throw conflict('import-given-up', 'The upload was cancelled.');
        await this.jobs.add([importJobFor({ siteId: ctx.siteId, importId: id })]);
      });
      return id;
    } catch (error) {
      if (isInserted) await this.runner.failUpload(ctx.siteId, id);
      throw error;
    }
  }

  /**
   * Cancels an import. Everything it has written is kept, and importing the same file again adds the rest. A running
   * import stops after its current batch.
   *
   * @throws Problem 404, 409 `import-ended`
   */
  async cancel(ctx: SiteContext, id: string): Promise<SiteImport> {
    requireWholeSite(ctx, 'An import affects the whole site');
    const importId = (await this.find(ctx, id, 0, 0)).siteImport.id;
    return this.database.inSite(ctx, async (tx) => {
      const wasUpload = await this.imports.cancelUpload(tx, ctx, importId);
      const siteImport = (await this.imports.find(tx, ctx, importId))!;
      if (!wasUpload && siteImport.state !== 'running' && siteImport.state !== 'cancelled')
        throw conflict('import-ended', 'This import has already ended and cannot be cancelled.');
      if (wasUpload || siteImport.state === 'running')
        await this.imports.requestCancellation(tx, ctx, importId);
      if (siteImport.state === 'running')
        await this.jobs.add([importJobFor({ siteId: ctx.siteId, importId })]);
      return siteImport;
    });
  }

  /**
   * @param faultsAfter number of the last fault that is not returned
   * @throws Problem 404
   */
  async find(
    ctx: SiteContext,
    id: string,
    faultsAfter: number,
    maxFaults: number,
  ): Promise<{ siteImport: SiteImport; faults: (LineFault & { number: number })[] }> {
    const result = isUuid(id)
      ? await this.database.inSite(ctx, async (tx) => {
          const siteImport = await this.imports.find(tx, ctx, id as SiteImportId);
          if (!siteImport) return null;
          const faults = await this.imports.faults(tx, ctx, siteImport.id, faultsAfter, maxFaults);
          return { siteImport, faults };
        })
      : null;
    if (!result) throw notFound('This import');
    return result;
  }

  /** Lists the latest 100 imports, newest first. */
  list(ctx: SiteContext): Promise<SiteImport[]> {
    return this.database.inSite(ctx, (tx) => this.imports.list(tx, ctx));
  }
}

function toImportPrincipal(principal: Principal): ImportPrincipal {
  switch (principal.kind) {
    case 'key':
      return { kind: 'key', id: principal.keyId, name: principal.name };
    case 'moderator':
      return { kind: 'moderator', id: principal.moderatorId, name: principal.name };
    default:
      return { kind: 'admin', id: null, name: '' };
  }
}
