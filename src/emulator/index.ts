// What the rest of the product uses of the embedded Dataverse.
export { createClock, type EmulatorClock } from './clock.ts';
export type { Cost } from './cost.ts';
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts';
export { generateOrganization } from './generate-organization.ts';
export type { LogEntry, LogPart } from './log.ts';
export { type OpenOptions, openEmulator } from './open-emulator.ts';
export type { Organization } from './organization.ts';
export { OrganizationError, parseOrganization } from './parse-organization.ts';
export { digestOf, openStateDirectory, type StateStore } from './persistence.ts';
export { type Served, type ServeOptions, serveEmulator } from './serve-emulator.ts';
export { type Switches, switchTable } from './switches.ts';
