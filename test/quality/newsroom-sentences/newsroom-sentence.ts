/** A comment and what it is for the newsroom. */
export interface NewsroomSentence {
  /** `question`: asks what the newsroom could answer; `newsroom`: a tip or a correction. */
  readonly is: 'question' | 'newsroom' | 'neither';
  readonly text: string;
}
