/** What is wrong with the files, as text for people; and what was checked, where nothing is. */

import type { Problems } from '../../model/validate.generated.ts';
import type { Style } from '../style.ts';
import { diagnosticsText } from './diagnostics-text.ts';

export function validateText({ valid, environments, files, diagnostics }: Problems, style: Style): string {
  const found = diagnosticsText(diagnostics, style);
  if (!valid) return found;
  const checked = environments.map(({ name, items }) => `${name} (items: ${items})`).join(', ');
  const counts = `Environments: ${environments.length}. Files: ${files.length}.`;
  return `${found}Checked: ${checked}.\nValid. ${counts}\n`;
}
