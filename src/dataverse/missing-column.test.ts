import { describe, expect, it } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import { NO_MEMBERSHIPS } from '../model/snapshot.ts';
import { emulated } from './emulated.test-support.ts';
import { explainMissingColumn } from './missing-column.ts';

const PATH = 'mailboxes?$select=name%2Cactstatus%2Cstatecode';

const refused = (message: string, status = 400): ServiceError =>
  new ServiceError(message, { kind: 'refused', status, code: '0x80060888', requestId: 'r1' });

describe('an environment without a column', () => {
  it.each([
    "GET mailboxes: Could not find a property named 'actstatus' on type 'Microsoft.Dynamics.CRM.mailbox'.",
    'Impossible de trouver une propriété nommée « actstatus » sur le type « Microsoft.Dynamics.CRM.mailbox ».',
  ])('is told by table and column: %s', (message) => {
    const error = explainMissingColumn(refused(message), PATH);
    expect(error).toMatchObject({
      message: 'The environment has no column "actstatus" of table "mailbox"',
      kind: 'refused',
      status: 400,
      code: '0x80060888',
      requestId: 'r1',
    });
  });

  it.each<[string, unknown]>([
    ['another column', refused("Could not find a property named 'actstatuscode'.")],
    ['something else', refused('The query is too complex')],
    ['another status', refused("No 'actstatus'", 500)],
    ['another error', new Error("No 'actstatus'")],
  ])('is not what %s tells', (_name, error) => expect(explainMissingColumn(error, PATH)).toBe(error));

  it.each([
    ['mailbox', 'actstatus'],
    ['organization', 'maxuploadfilesize'],
  ])('fails the read of %s with that', async (table, column) => {
    const message = `Could not find a property named '${column}' on type 'Microsoft.Dynamics.CRM.${table}'.`;
    const { reader } = emulated({ faults: [{ table, status: 400, code: '0x80060888', message, times: 9 }] });
    const read = reader.read({
      kinds: ['profile', 'settings', 'mailbox'],
      alerts: false,
      memberships: NO_MEMBERSHIPS,
    });
    await expect(read).rejects.toThrow(`The environment has no column "${column}" of table "${table}"`);
  });
});
