/** A button that copies a text, and says whether it did. */

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

type Said = '' | 'Copied' | 'Not copied: select it by hand';

export function Copy({ text }: { text: string }): VNode {
  const [said, say] = useState<Said>('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
    } catch {
      // Browsers may refuse it to a page that was opened from a file.
      say('Not copied: select it by hand');
    }
  };
  return (
    <span class="copy scripted">
      <button type="button" onClick={copy}>
        Copy<span class="unseen"> command</span>
      </button>
      <span role="status">{said}</span>
    </span>
  );
}
