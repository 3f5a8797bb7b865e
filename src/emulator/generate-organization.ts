/** Makes an organization of any size from a seed: the same numbers always give the same people, units and queues. */

import type { BusinessUnitEntry, Organization, QueueEntry, TeamEntry, UserEntry } from './organization.ts';
import { createRandom } from './random.ts';
import { uuidFrom } from './uuid.ts';

export interface GenerateOptions {
  readonly users: number;
  readonly queues: number;
  readonly seed: number;
}

const domain = 'contoso.com';
const firstNames = [
  'Ada',
  'Amir',
  'Anna',
  'Björn',
  'Carla',
  'Chen',
  'Dana',
  'Elif',
  'Emeka',
  'Farid',
  'Grace',
  'Hana',
  'Ines',
  'Ivan',
  'Jonas',
  'Kenji',
  'Laila',
  'Liam',
  'Maria',
  'Nia',
  'Olga',
  'Pedro',
  'Priya',
  'Rosa',
  'Sven',
  'Tariq',
  'Uma',
  'Wei',
  'Yara',
  'Zoë',
];
const lastNames = [
  'Abara',
  'Berg',
  'Costa',
  'Dahl',
  'Eriksen',
  'Fischer',
  'García',
  'Haddad',
  'Ito',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Novak',
  'Okafor',
  'Petrov',
  'Quinn',
  'Rossi',
  'Schmidt',
  'Tanaka',
  'Ueda',
  'Vargas',
  'Weber',
  'Xu',
  'Yilmaz',
  'Zhang',
];
const topUnits = ['Sales', 'Service', 'Marketing', 'Finance', 'Operations', 'Human Resources'];
const salesRole = 'Salesperson';
const regions = ['Europe', 'Americas', 'Asia Pacific'];
const queueNames = [
  'Support',
  'Orders',
  'Billing',
  'Returns',
  'Complaints',
  'Press',
  'Partners',
  'Careers',
  'Invoices',
  'Warranty',
];

export function generateOrganization({ users, queues, seed }: GenerateOptions): Organization {
  const draw = createRandom(seed);
  const random: Random = (below) => Math.floor(draw() * below);
  const businessUnits = makeUnits();
  const units = businessUnits.map(({ name }) => name);
  const people = makeUsers(users, units, random);
  return {
    version: 1,
    organizationId: uuidFrom('generated', String(seed)),
    name: `Contoso ${seed}`,
    clock: '2026-11-02T08:00:00Z',
    businessUnits,
    roles: [{ name: salesRole }],
    users: people,
    queues: makeQueues(queues, units, random),
    teams: topUnits.map(
      (name): TeamEntry => ({
        name: `${name} team`,
        businessUnit: name,
        members: people.filter(({ businessUnit }) => businessUnit === name).map(({ signIn }) => signIn),
      }),
    ),
  };
}

type Random = (below: number) => number;

function makeUnits(): readonly BusinessUnitEntry[] {
  const below = topUnits.flatMap((parent) =>
    regions.map((region) => ({ name: `${parent} ${region}`, parent })),
  );
  return [...topUnits.map((name) => ({ name })), ...below];
}

function pick(list: readonly string[], random: Random): string {
  return list[random(list.length)] ?? '';
}

function makeUsers(count: number, units: readonly string[], random: Random): readonly UserEntry[] {
  const taken = new Map<string, number>();
  return Array.from({ length: count }, () => makeUser(taken, units, random));
}

/** Seven of ten work, one is new, one has failed, one is disabled. */
function makeUser(taken: Map<string, number>, units: readonly string[], random: Random): UserEntry {
  const first = pick(firstNames, random);
  const last = pick(lastNames, random);
  const local = plain(`${first}.${last}`);
  const times = (taken.get(local) ?? 0) + 1;
  taken.set(local, times);
  const address = `${local}${times === 1 ? '' : times}@${domain}`;
  const businessUnit = pick(units, random);
  return {
    signIn: address,
    name: `${first} ${last}${times === 1 ? '' : ` ${times}`}`,
    emailAddress: address,
    businessUnit,
    roles: ['Basic User', ...(businessUnit.startsWith('Sales') ? [salesRole] : [])],
    ...condition(random(10)),
  };
}

function condition(draw: number): Partial<UserEntry> {
  if (draw === 0) return {};
  if (draw === 1)
    return {
      approval: 'Approved',
      mailbox: { incomingemailstatus: 2, mailboxstatus: 2, enabledforincomingemail: false },
    };
  if (draw === 2) return { disabled: true, licensed: false };
  return { works: true };
}

/** Sign-in names are plain letters. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z.]/g, '');
}

function makeQueues(count: number, units: readonly string[], random: Random): readonly QueueEntry[] {
  return Array.from({ length: count }, (_none, index): QueueEntry => {
    const round = Math.floor(index / queueNames.length);
    const base = queueNames[index % queueNames.length] ?? '';
    const name = round === 0 ? base : `${base} ${round + 1}`;
    const address = `${plain(base)}${round === 0 ? '' : round + 1}@${domain}`;
    return {
      name,
      emailAddress: address,
      businessUnit: pick(units, random),
      ...(random(10) < 7 ? { works: true } : {}),
    };
  });
}
