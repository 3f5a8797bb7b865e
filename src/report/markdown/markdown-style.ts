/** What a report in Markdown may know of where it is read; all of it may be absent. */

import type { Style } from '../style.ts';

export interface MarkdownStyle extends Partial<Style> {
  /** The page that shows a line of a configuration file. */
  readonly linkTo?: (file: string, line: number) => string;
  /** The file that the plan is saved in; `PLAN` stands for it where that is not known. */
  readonly planFile?: string;
  /** Folder of mailboxctl.yaml, where commands have to name it. */
  readonly directory?: string;
  /** Bytes at most, in UTF-8. */
  readonly budget?: number;
}
