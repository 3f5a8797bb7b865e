/** The other half of the services, in a file of its own so that a second core takes it. */

import { playOn } from './play-on.ts';
import { SERVICES } from './services.ts';

playOn(SERVICES.filter((_, index) => index % 2 === 1));
