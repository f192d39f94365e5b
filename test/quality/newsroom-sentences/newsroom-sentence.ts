/** A comment, and whether it concerns the newsroom. */
export interface NewsroomSentence {
  /** `question`: asks what the newsroom could answer; `newsroom`: a tip or a correction. */
  readonly is: 'question' | 'newsroom' | 'neither';
  readonly text: string;
}
