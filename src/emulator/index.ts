/** What the rest of the product uses of the embedded Dataverse. */

export { makeCertificateFile } from './certificate.ts';
export { createEmulator, type Emulator } from './emulator.ts';
export { generateOrganization } from './generate-organization.ts';
export type { LogEntry, LogPart } from './log.ts';
export { type MailboxLinks, sharedLinks } from './mailbox-links.ts';
export { openEmulator } from './open-emulator.ts';
export type { Organization } from './organization.ts';
export { parseOrganization } from './parse-organization.ts';
export { serveEmulator } from './serve-emulator.ts';
export type { TrafficReport } from './traffic.ts';
