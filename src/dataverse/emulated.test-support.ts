/** An embedded Dataverse behind a transport, for tests of this folder; sleeping moves its clock. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import type { Organization } from '../emulator/organization.ts';
import type { Clock } from '../model/ports.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { RequestReport } from './exchange.ts';
import { createStateReader } from './read-environment.ts';
import { createTransport, type WriteTransport } from './transport.ts';
import { parseEnvironmentUrl } from './url.ts';
import { createStepWriter, type SecretSource } from './write-step.ts';

export const ORGANIZATION_ID = '7d000000-0000-0000-0000-000000000001';

export interface Emulated {
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly transport: WriteTransport;
  readonly reports: readonly RequestReport[];
  readonly reader: ReturnType<typeof createStateReader>;
  readonly writer: ReturnType<typeof createStepWriter>;
}

export interface EmulatedOptions {
  /** Text of the bearer token, which names a caller of the organization. */
  readonly token?: string;
  readonly secrets?: SecretSource;
}

export function emulated(entries: Partial<Organization>, options: EmulatedOptions = {}): Emulated {
  const emulator = createEmulator({
    organization: {
      version: 1,
      organizationId: ORGANIZATION_ID,
      clock: '2026-11-21T09:00:00Z',
      ...entries,
    },
  });
  const clock: Clock = {
    now: () => emulator.clock.now(),
    sleep: (ms, signal) => emulator.sleep(ms, signal),
  };
  const { token } = options;
  const reports: RequestReport[] = [];
  const transport = createTransport({
    url: parseEnvironmentUrl(new URL(emulator.baseUrl).origin),
    fetch: (request) => emulator.fetch(request),
    clock,
    random: () => 0.5,
    tokens: token === undefined ? null : { token: async () => token },
    onRequest: (report) => reports.push(report),
  });
  return {
    emulator,
    clock,
    transport,
    reports,
    reader: createStateReader(transport, CATALOGUE, clock),
    writer: createStepWriter(transport, CATALOGUE, options.secrets ?? noSecrets, clock),
  };
}

const noSecrets: SecretSource = {
  resolve: async (reference) => {
    throw new Error(`${reference} is not known to this test`);
  },
  scrub: (text) => text,
};

/** The resource with this address; a test that asks for one that is not there fails. */
export function resourceOf(snapshot: Snapshot, address: string): Snapshot['resources'][number] {
  const found = snapshot.resources.find((resource) => resource.address === address);
  if (found !== undefined) return found;
  throw new Error(`No ${address} among ${snapshot.resources.map((resource) => resource.address).join(', ')}`);
}
