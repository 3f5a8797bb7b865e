/** Resources are found by their address, however it is spelled. */

import { expect, it } from 'vitest';
import { AddressIndex } from './address-index.ts';

const online = { kind: 'profile', address: 'profile:Exchange Online' } as const;
const support = { kind: 'mailbox', address: 'mailbox:queue/Zo\u00eb' } as const;
const again = { kind: 'mailbox', address: 'mailbox:queue/ZO\u00cb' } as const;

it.each([
  ['as it is spelled', 'profile:Exchange Online', online],
  ['in other letters', 'Profile:EXCHANGE online', online],
  ['composed in another way', 'mailbox:queue/Zoe\u0308', again],
  ['of another kind', 'mailbox:queue/Exchange Online', undefined],
  ['no address', 'Exchange Online', undefined],
])('%s', (_name, address, found) => {
  expect(new AddressIndex([online, support, again]).get(address)).toBe(found);
});
