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
      'The product that the file comes from. `coral`: a tar of the files that mongoexport writes, named by collection.',
  })
  format: (typeof IMPORT_FORMATS)[number];

  @OneOf(['', 'true', 'false', '1', '0'], {
    optional: true,
    description: 'Reads and matches the file, counts and reports its faults, and writes nothing.',
  })
  dryRun?: string;

  @Text({
    optional: true,
    description:
      'Of a Coral with several sites the id of the one to take. Left out: those that share an origin with this site.',
  })
  coralSite?: string;
}

@StrictQuery()
export class FaultsQuery {
  @QueryInt({
    min: 0,
    max: 10_000,
    fallback: 0,
    description: 'The `number` of the last fault that is known.',
  })
  faultsAfter: number = 0;
}

export class ImportStarted {
  @Id() id: string;
}

export class ImportProgress {
  @OneOf(IMPORT_STEPS, {
    description:
      'What is being done: the file is read, matched with the site, and then written in this order; a cancelled import ' +
      'counts again (`recount`) what it wrote.',
  })
  step: ImportStep;
  @Num({
    min: 0,
    description: 'How much of the step is done: bytes of the file while it is read, else rows.',
  })
  done: number;
  @Num({ min: 0, description: 'How much the step is in all; 0 where that is not known.' }) total: number;
}

export class ImportLineFault {
  @Int({ min: 1 }) number: number;
  @Text({ description: 'The file inside the archive.' }) file: string;
  @Int({ min: 1, description: 'The document in that file, from 1: in JSON lines the line.' }) line: number;
  @Text() code: string;
  @Text({ max: 1000 }) message: string;
}

export class ImportFaults {
  @Int({ min: 0, description: 'In all; the first 10,000 are kept.' }) total: number;
  @ListOf(() => ImportLineFault, { description: 'A hundred at a time; `faultsAfter` asks for the next.' })
  items: ImportLineFault[];
}

export class ImportFailure {
  @Text() code: string;
  @Text({ max: 2000 }) message: string;
}

export class LearnedLabel {
  @Int({ description: 'Texts with this label known that were not trained on.' }) heldOut: number;
  @Num({ nullable: true, description: 'ROC-AUC of the shipped model on them.' }) before: number | null;
  @Num({ nullable: true, description: 'ROC-AUC of the trained head on the same.' }) after: number | null;
  @Bool({ description: 'Whether the head is better beyond doubt, and so may judge this label.' })
  beats: boolean;
}

export class ImportLearned {
  @OneOf(['trained', 'too-few', 'failed', 'nothing-new'], {
    description:
      '`trained`: a head is in the shadow, and counts once a person chooses it (`PUT …/head`); `too-few`: of no label ' +
      'enough texts of both kinds; `nothing-new`: no decision of a person came with the import.',
  })
  outcome: 'trained' | 'too-few' | 'failed' | 'nothing-new';
  @Int({ description: 'Texts with decisions of people, imported or made here; the latest 20,000 count.' })
  texts: number;
  @Int({ description: 'Those of them that were refused.' }) refused: number;
  @Id({ nullable: true }) siteModelId: string | null;
  @Answer(
    { type: 'object', additionalProperties: { $ref: '#/components/schemas/LearnedLabel' } },
    { description: 'By label; one with too few texts is left out.' },
  )
  labels: Record<string, LearnedLabel>;

  @Text({ max: 2000, description: 'The same in a sentence.' }) message: string;
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
      'By kind (`stories`, `readers`, `comments`, `reactions`, `flags`, `decisions`): how many were `read` (without lines that are faulty); of these are ' +
      '`created` (in a dry run: would be), `unchanged` (there already as the file has them), `notUpdated` (the comment, ' +
      'reader or story is there already, and the file has something newer or other about it, which an import does not ' +
      'change), `skipped` (of another site, or without use here). ' +
      'Empty until the file is matched.',
  })
  counts: Record<string, Record<string, number>>;
  @Nested(() => ImportFailure, {
    nullable: true,
    description:
      'Why it failed; while it is running, what it waits for (`waiting`), or the error that will end it once its counts are correct.',
  })
  failure: ImportFailure | null;
  @Nested(() => ImportLearned, {
    nullable: true,
    description: 'What the imported decisions taught the scorer; null until then, and for a dry run.',
  })
  learned: ImportLearned | null;
  @Nested(() => ImportFaults) faults: ImportFaults;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) finishedAt: string | null;
}

export class SiteImportPage {
  @ListOf(() => SiteImportAnswer, { description: 'The latest hundred, newest first, without their faults.' })
  items: SiteImportAnswer[];
}
