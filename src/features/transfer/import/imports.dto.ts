import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  Num,
  OneOf,
  QueryInt,
  Text,
} from '../../../platform/http/fields.js';
import { StrictQuery } from '../../../platform/http/validation.pipe.js';
import { IMPORT_FORMATS } from './import-formats.js';
import { IMPORT_STATES, IMPORT_STEPS, type ImportState, type ImportStep } from './import.repository.js';

@StrictQuery()
export class ImportQuery {
  @OneOf(IMPORT_FORMATS, {
    description:
      'The product that the file comes from. `coral`: a tar of the files that mongoexport writes, each named after its collection. `disqus`: the XML export of Disqus. `wordpress`: the WXR export of WordPress. `jsonl`: the export of a site (`GET …/export`). `csv`: one comment per row; `docs/migrating-from-csv.md` has the columns.',
  })
  format: (typeof IMPORT_FORMATS)[number];

  @OneOf(['', 'true', 'false', '1', '0'], {
    optional: true,
    description: 'Only reads and matches the file, and reports counts and faults. Nothing is imported.',
  })
  dryRun?: string;

  @Text({
    optional: true,
    description:
      'Only for `coral`: the ID of the Coral site to import, if the file contains several. If omitted, the sites that share an origin with this site are imported.',
  })
  coralSite?: string;
}

@StrictQuery()
export class FaultsQuery {
  @QueryInt({
    min: 0,
    max: 10_000,
    fallback: 0,
    description: 'The `number` of the last fault received so far.',
  })
  faultsAfter: number = 0;
}

export class ImportStarted {
  @Id() id: string;
}

export class ImportProgress {
  @OneOf(IMPORT_STEPS, {
    description:
      'The current step, in the order in which they run. `recount` runs only if an import is cancelled or fails: it corrects the counts of stories, readers and replies.',
  })
  step: ImportStep;
  @Num({
    min: 0,
    description: 'Progress of the step: in bytes of the file while it is being read, otherwise in rows.',
  })
  done: number;
  @Num({ min: 0, description: 'The total size of the step; 0 if it is not known.' }) total: number;
}

export class ImportLineFault {
  @Int({ min: 1 }) number: number;
  @Text({
    description: 'The file inside the archive; for other formats, the kind of record (`post`, `comment`, …).',
  })
  file: string;
  @Int({
    min: 1,
    description:
      'Position of the document in that file, from 1; the line number if the file has one document per line or is XML or CSV.',
  })
  line: number;
  @Text() code: string;
  @Text({ max: 1000 }) message: string;
}

export class ImportFaults {
  @Int({ min: 0, description: 'The total number of faults; the first 10,000 are stored.' }) total: number;
  @ListOf(() => ImportLineFault, { description: 'Up to 100 faults; use `faultsAfter` to get the next ones.' })
  items: ImportLineFault[];
}

export class ImportFailure {
  @Text() code: string;
  @Text({ max: 2000 }) message: string;
}

export class LearnedLabel {
  @Int({ description: 'Number of texts that were held out from training to measure this label.' })
  heldOut: number;
  @Num({ nullable: true, description: 'ROC-AUC of the shipped model on the held-out texts.' }) before:
    number | null;
  @Num({ nullable: true, description: 'ROC-AUC of the trained site model on the same texts.' }) after:
    number | null;
  @Bool({ description: 'Whether the site model is significantly better and so may score this label.' })
  beats: boolean;
}

export class ImportLearned {
  @OneOf(['trained', 'too-few', 'failed', 'nothing-new'], {
    description:
      '`trained`: a site model runs in shadow mode and takes effect once a person chooses it (`PUT …/site-model`). `too-few`: no label has enough texts that were rejected for it and enough that were not. `nothing-new`: the import added no decisions made by people.',
  })
  outcome: 'trained' | 'too-few' | 'failed' | 'nothing-new';
  @Int({
    description:
      'Number of texts with decisions by people, imported or made on this site; at most the latest 20,000.',
  })
  texts: number;
  @Int({ description: 'How many of these texts were rejected.' }) refused: number;
  @Id({ nullable: true }) siteModelId: string | null;
  @Answer(
    { type: 'object', additionalProperties: { $ref: '#/components/schemas/LearnedLabel' } },
    { description: 'Results by label; labels with too few texts are omitted.' },
  )
  labels: Record<string, LearnedLabel>;

  @Text({ max: 2000, description: 'The result as a sentence.' }) message: string;
}

export class SiteImportAnswer {
  @Id() id: string;
  @OneOf(IMPORT_FORMATS) format: string;
  @Bool() dryRun: boolean;
  @OneOf(IMPORT_STATES) state: ImportState;
  @Nested(() => ImportProgress) progress: ImportProgress;
  @Answer({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'integer' } },
    description:
      'Counts by kind (`stories`, `readers`, `comments`, `reactions`, `flags`, `decisions`, `entitlements`). `read`: records read, without faulty lines. Of these: `created` (in a dry run: would be created), `unchanged` (the site already has the same data), `notUpdated` (the site already has the comment, reader or story, and the file has newer or different data for it, which an import does not apply), `skipped` (from another site, or not needed on this one). Empty until the file is matched.',
  })
  counts: Record<string, Record<string, number>>;
  @Nested(() => ImportFailure, {
    nullable: true,
    description:
      'Why the import failed. While it is running: what it is waiting for (`waiting`), or the error that will end it once its counts are corrected.',
  })
  failure: ImportFailure | null;
  @Nested(() => ImportLearned, {
    nullable: true,
    description:
      'The result of training a site model at the end of the import; null before that, and for a dry run.',
  })
  learned: ImportLearned | null;
  @Nested(() => ImportFaults) faults: ImportFaults;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) finishedAt: string | null;
}

export class SiteImportPage {
  @ListOf(() => SiteImportAnswer, {
    description: 'The latest 100 imports, newest first, without their faults.',
  })
  items: SiteImportAnswer[];
}
