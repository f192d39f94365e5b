import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DisplayNameModeration } from '../readers/display-name-moderation.js';
import { isOffensiveName } from './lexicon/offensive-name.js';
import { listedWords } from './phases/word-lists.js';

/** Checks readers' names like comments: by the lexicon and by the site's banned words. */
@Injectable()
export class OffensiveNameCheck implements OnModuleInit {
  constructor(private readonly names: DisplayNameModeration) {}

  onModuleInit(): void {
    this.names.useOffensiveNameCheck(
      ({ policy }, name) =>
        isOffensiveName(name) || listedWords(policy.moderation.wordLists.banned, name).length > 0,
    );
  }
}
