import { describe, expect, it } from 'vitest';
import { ORGANIZATION_ID } from './emulated.test-support.ts';
import { nameUuid, newRecord } from './record-id.ts';

describe('nameUuid', () => {
  it.each([
    // Python's documentation of uuid5, and the example of RFC 9562, appendix A.4.
    ['python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
    ['www.example.com', '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
  ])('%s in the name space of DNS', (name, id) => {
    expect(nameUuid('6ba7b810-9dad-11d1-80b4-00c04fd430c8', name)).toBe(id);
  });
});

describe('newRecord', () => {
  it('is the same for every spelling of an address', () => {
    const id = newRecord(ORGANIZATION_ID, 'profile:Büro').id;
    expect(newRecord(ORGANIZATION_ID, 'PROFILE:BU\u0308RO')).toEqual({
      role: 'self',
      table: 'emailserverprofile',
      id,
      new: true,
    });
  });

  it('differs by address and by organization', () => {
    const ids = [
      newRecord(ORGANIZATION_ID, 'mailbox:forward/A').id,
      newRecord(ORGANIZATION_ID, 'mailbox:forward/B').id,
      newRecord('7d000000-0000-0000-0000-000000000002', 'mailbox:forward/A').id,
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it('is never made for settings', () => {
    expect(() => newRecord(ORGANIZATION_ID, 'settings:email')).toThrow('The e-mail settings are not created');
  });
});
