import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NameScreens } from '../readers/name-screens.js';
import { isUnfitName } from './lexicon/unfit.js';
import { listedWords } from './phases/word-lists.js';

/** Readers' names are read as comments are: by the lexicon and by the site's banned words. */
@Injectable()
export class NameFitness implements OnModuleInit {
  constructor(private readonly names: NameScreens) {}

  onModuleInit(): void {
    this.names.useUnfitName(
      ({ policy }, name) =>
        isUnfitName(name) || listedWords(policy.moderation.wordLists.banned, name).length > 0,
    );
  }
}
