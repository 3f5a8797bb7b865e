/** What a right of the doctor's table is on, as people call it. */

import type { DoctorRight } from './doctor.generated.ts';

export const RIGHT_TITLES: Readonly<Record<DoctorRight['on'], string>> = {
  mailbox: 'mailboxes',
  profile: 'server profiles',
  user: 'users',
  queue: 'queues',
  settings: 'e-mail settings',
  alert: 'alerts',
  approval: 'e-mail addresses',
};
