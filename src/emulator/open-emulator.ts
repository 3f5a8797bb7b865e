/**
 * Opens an emulator from files: an organization file or a generated organization, and a directory that keeps its
 * state between commands.
 */

import { dirname, resolve } from 'node:path';
import { type Cost, costOf } from './cost.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import { type GenerateOptions, generateOrganization } from './generate-organization.ts';
import { linksInFile, type MailboxLinks } from './mailbox-links.ts';
import type { Organization } from './organization.ts';
import { digestOf, openStateDirectory } from './persistence.ts';
import { readOrganization } from './read-organization.ts';

type SomeCost = { readonly [Key in keyof Cost]?: Cost[Key] | undefined };

export interface OpenOptions {
  readonly organizationFile?: string | undefined;
  readonly generate?: GenerateOptions | undefined;
  readonly stateDirectory?: string | undefined;
  /** Instead of the organization file's. */
  readonly cost?: SomeCost | undefined;
  readonly dopHint?: number | undefined;
  readonly logLimit?: number | undefined;
}

/** Without a file and without a generator: an environment with nobody in it but the caller. */
const emptyOrganization: Organization = {
  version: 1,
  organizationId: '00000000-0000-4000-8000-000000000001',
};

export async function openEmulator(options: OpenOptions): Promise<Emulator> {
  const organization = withHint(await organizationOf(options), options.dopHint);
  const { stateDirectory, logLimit } = options;
  const cost = { ...costOf(organization), ...given(options.cost ?? {}) };
  const state =
    stateDirectory === undefined ? undefined : openStateDirectory(stateDirectory, digestOf(organization));
  return createEmulator({ organization, state, cost, logLimit, links: linksOf(organization, options) });
}

function withHint(organization: Organization, dopHint: number | undefined): Organization {
  return dopHint === undefined
    ? organization
    : { ...organization, limits: { ...organization.limits, dopHint } };
}

function given(cost: SomeCost): Partial<Cost> {
  return Object.fromEntries(Object.entries(cost).filter(([, value]) => value !== undefined));
}

function linksOf({ exchange }: Organization, { organizationFile }: OpenOptions): MailboxLinks | undefined {
  if (exchange === undefined || organizationFile === undefined) return undefined;
  return linksInFile(resolve(dirname(organizationFile), exchange));
}

async function organizationOf(options: OpenOptions): Promise<Organization> {
  const { organizationFile, generate, stateDirectory } = options;
  if (organizationFile !== undefined) return readOrganization(organizationFile, stateDirectory);
  return generate === undefined ? emptyOrganization : generateOrganization(generate);
}
