/** `npm run test:long`: what `npm test` leaves out, for it takes minutes. */

import base, { SWEEPS } from './vitest.config.ts';

export default { ...base, test: { ...base.test, include: SWEEPS, exclude: [] } };
