/** A page without colours, for measuring and for tests. */

import { createColors } from 'picocolors';
import type { Style } from '../../src/report/style.ts';

export function plainStyle(width: number): Style {
  return { colors: createColors(false), width, unicode: true };
}
