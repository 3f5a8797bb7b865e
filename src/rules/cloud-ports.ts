/** The US Government cloud connects to four ports only, which rules out some protocols altogether. */

import { US_GOVERNMENT_PORTS } from '../catalogue/profile-types.ts';
import type { Environment } from '../model/config.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import type { TypedProfile } from './declared-profile.ts';
import { everyDirection } from './profile-servers.ts';
import { type Declarations, found } from './rule.ts';

/** GCC High, DoD (Microsoft Learn, "Dynamics 365 US Government", URLs of the environments) and GCC. */
const GOVERNMENT_HOST = /(^|\.)(crm9\.dynamics\.com|microsoftdynamics\.us|appsplatform\.us)$/iu;

const RULED_OUT: Readonly<Record<number, string>> = {
  25: 'SMTP with port 25 is ruled out there: write 465',
  110: 'POP3 with port 110 is ruled out there: write 995',
  143: 'IMAP is ruled out there: use type pop3-smtp with port 995, or an Exchange profile',
  587: 'SMTP with port 587 is ruled out there: write 465',
  993: 'IMAP with port 993 is ruled out there: use type pop3-smtp with port 995, or an Exchange profile',
};

/**
 * No service code: the connection just never comes about (Microsoft Learn, "Connect Gmail accounts, POP3 email
 * server, or SMTP email server", on US Government).
 */
export function portsFitCloud(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, (typed, direction) => {
    if (!isGovernment(declared.environment, typed)) return [];
    const { address, fields } = typed.profile;
    const server = fields.get(`${direction}.server`);
    const declaredPort = fields.get(`${direction}.port`);
    const inServer = typeof server?.value === 'string' ? portOf(server.value) : null;
    const usual =
      declaredPort === undefined && inServer === null ? (typed.facts.ports?.[direction] ?? null) : null;
    const problem = (port: unknown, source: Source | undefined, subject: string): readonly Diagnostic[] => {
      if (typeof port !== 'number' || US_GOVERNMENT_PORTS.includes(port)) return [];
      return [
        found('error', 'port-not-in-cloud', {
          address,
          source: source ?? typed.profile.source,
          message: `${subject} is not reachable from the US Government cloud; it connects to ${US_GOVERNMENT_PORTS.join(', ')} only`,
          hint: `${RULED_OUT[port] ?? 'Write one of these ports'}.`,
        }),
      ];
    };
    return [
      ...problem(
        declaredPort?.value,
        declaredPort?.source,
        `${direction}.port ${String(declaredPort?.value)}`,
      ),
      ...problem(
        inServer,
        server?.source,
        `${direction}.server "${String(server?.value)}" with port ${inServer}`,
      ),
      ...problem(
        usual,
        fields.get('type')?.source,
        `${direction}.port is not declared, and ${usual}, the usual port of type ${typed.type},`,
      ),
    ];
  });
}

function isGovernment(environment: Environment | null, { profile }: TypedProfile): boolean {
  if (profile.fields.get('serverAuthority')?.value === 'us-government') return true;
  const url = environment?.url ?? '';
  return URL.canParse(url) && GOVERNMENT_HOST.test(new URL(url).hostname);
}

/** The port that a web address names by itself. */
function portOf(server: string): number | null {
  const port = URL.canParse(server) ? new URL(server).port : '';
  return port === '' ? null : Number(port);
}
