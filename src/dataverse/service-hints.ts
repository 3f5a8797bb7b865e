/**
 * What the service's error codes mean for e-mail, in our words, and what to do about them. The codes are those of
 * Microsoft Learn, "Web service error codes"; texts of the service can be in any language, codes are not.
 */

interface ServiceHint {
  readonly meaning: string;
  readonly hint: string;
}

/** Code, meaning, hint. Answers to saving a mailbox or profile. */
const SAVING = `
8005e200 | the mailbox belongs to a user or queue and cannot be deleted | Deactivate it with "state: inactive", or delete the user or queue.
8005e201 | Dynamics 365 online requires SSL | Set "ssl: true" for both directions of the profile.
8005e202 | online environments take neither Windows authentication nor anonymous access | Choose another "authentication" for the profile.
8005e203 | an Exchange profile takes no anonymous access | Choose another "authentication" for the profile.
8005e204 | only Exchange profiles find their server by auto-discover | Give the servers of the profile by name.
8005e205 | a server is given although auto-discover finds it | Leave the servers of the profile out.
8005e207 | a forward mailbox belongs to no user and no queue | Declare the mailbox as "user" or "queue" instead.
8005e208 | the e-mail address of this mailbox comes from its user or queue | Change the address of the user or queue.
8005e209 | own credentials are allowed but no user name is set | Give "credentials.username", or set "credentials: none".
8005e20a | the server location is not valid | Give a host name, or a complete URL for Exchange.
8005e210 | queues cannot use the Outlook method | Use "server-side-sync", "forward-mailbox" or "none".
8005e211 | a forward mailbox needs an e-mail address | Give "emailAddress".
8005e212 | a forward mailbox receives by server-side synchronization or not at all | Set "incoming" to "server-side-sync" or "none".
8005e213 | a forward mailbox sends nothing | Set "outgoing: none".
8005e214 | POP3 takes the credentials of the user or queue only | Set "authentication: user-or-queue" for the profile.
8005e218 | the server location is missing or not valid | Check "incoming.server" and "outgoing.server" of the profile.
8005e230 | the user or queue of the mailbox is disabled | Enable the user or activate the queue first.
8005e233 | messages are deleted after processing only in mailboxes of queues and in forward mailboxes | Leave it off for mailboxes of users.
8005e234 | this deployment requires SSL | Set "ssl: true" for both directions of the profile.
8005e235 | delegate access cannot be granted by itself on an SMTP server | Leave that setting of the profile off.
8005e236 | only Exchange knows impersonation | Turn impersonation off for the profile.
8005e238 | outgoing mail uses the settings of incoming mail | Change the incoming settings, or separate the two directions first.
8005e23b | the server type does not take this authentication protocol | Choose another protocol for the profile.
8005e23c | online environments take neither Negotiate nor NTLM here | Choose another protocol for the profile.
8005e23d | basic authentication needs a secure connection | Set "ssl: true".
8005e23e | the incoming server begins with https although SSL is off | Set "incoming.ssl: true".
8005e23f | the outgoing server begins with https although SSL is off | Set "outgoing.ssl: true".
8005e240 | the incoming server begins with http although SSL is on | Give it with https, or without a scheme.
8005e241 | the outgoing server begins with http although SSL is on | Give it with https, or without a scheme.
8005e244 | the date from which mail is processed lies too far back | Choose a later date.
8005e245 | server-to-server authentication works only in environments of Microsoft 365 | Choose another "authentication" for the profile.
8005e247 | appointments, contacts and tasks are synchronized with Exchange only | Set "appointmentsContactsTasks: none" for mailboxes of this profile.
8005e248 | a test of the mailbox is under way | Wait until it has ended, usually a few minutes.
8005e249 | no service account mailbox is there | Name a service account for this profile.
8005e24a | more than one service account mailbox is there | Leave one only.
8005e24b | the incoming server is missing | Give "incoming.server" of the profile.
8005e24c | the outgoing server is missing | Give "outgoing.server" of the profile.
8005e24d | impersonation needs a user name | Give the user name of the profile.
8005e24e | impersonation needs a password | Give the password of the profile as a secret reference.
8005e24f | the incoming port is missing | Give "incoming.port" of the profile.
8005e250 | the server location is empty | Give "incoming.server" and "outgoing.server" of the profile.
8005e251 | the user name for incoming mail is missing | Give it in the profile.
8005e252 | the user name for outgoing mail is missing | Give it in the profile.
8005e253 | the password for incoming mail is missing | Give it in the profile as a secret reference.
8005e254 | the password for outgoing mail is missing | Give it in the profile as a secret reference.
8005e255 | Exchange Online takes https addresses only | Give the server with https, or leave it out.
8005e256 | the outgoing port is missing | Give "outgoing.port" of the profile.
8005e25a | the tenant id of Exchange Online is missing | Give the tenant of the profile.
8005e25b | the tenant id of Exchange Online is not valid | Give the tenant as a GUID.
8005e25c | the tenant id of Exchange Online cannot be changed | Make another profile for the other tenant.
`;

/** Of a test of a mailbox, and of starting one. */
const TESTING = `
8005e20b | the mailbox cannot take e-mail | Check its methods and its state.
8005e215 | the POP3 server gave an unexpected answer | Check server, port and SSL of the profile.
8005e216 | the mailbox could not be opened | Check the credentials, and that the mailbox exists on the mail server.
8005e217 | the mailbox is not valid | Check its e-mail address and profile.
8005e219 | the mailbox is inactive | Set "state: active".
8005e220 | the e-mail address is not approved | Have it approved first.
8005e221 | the e-mail address of the mailbox is not valid | Correct "emailAddress".
8005e222 | the mailbox has no server profile | Give "serverProfile".
8005e223 | mail of this mailbox comes through a forward mailbox | Test the forward mailbox instead.
8005e224 | incoming mail is not set to server-side synchronization | Set "incoming: server-side-sync".
8005e225 | a forward mailbox sends nothing | Set "outgoing: none".
8005e226 | outgoing mail is not set to server-side synchronization | Set "outgoing: server-side-sync".
8005e227 | the SMTP server cannot be reached | Check server, port and SSL of the profile.
8005e228 | the server profile is inactive | Activate the profile.
8005e229 | the credentials of the user cannot be used | Allow own credentials for the mailbox, or use those of the profile.
8005e231 | no message was received | Check that the mailbox receives mail at all.
8005e232 | the caller may not start a test | Give the caller write access to mailboxes of this owner.
8005e239 | the certificate was not found | Check the certificate of the profile in Key Vault.
8005e23a | the certificate is not valid | Renew the certificate of the profile in Key Vault.
8005e242 | the mail server is of an unsupported kind | See the list of supported e-mail servers.
8005e243 | no token for Exchange could be had | Check that Exchange Online belongs to the tenant of the environment.
8005e246 | mail processing is turned off for this environment | Check administration mode and background operations.
8005e259 | the owner of the mailbox lacks privileges | Give the user or team of the mailbox a security role that may read mailboxes and send mail.
8005e272 | Exchange does not let the account in | Check licence and password of the account.
8005e273 | the account is disabled in the tenant | Enable it in Microsoft Entra ID.
8005e274 | the mailbox is not reachable through the REST API of Exchange Online | Check its licence, and that it does not lie on-premises.
8005e276 | the user has no valid Exchange licence, or no Read-Write access | Give the licence, or change the access mode.
`;

/** Of any request. */
const GENERAL = `
80040203 | an argument is not valid | Run plan again; if it persists, the environment takes another value here.
80040216 | the service had an unexpected error | Run apply again; if it persists, ask the service support with the request id.
80040217 | the record does not exist | Run plan again.
80040220 | the caller lacks a privilege | Give the caller a security role with it.
80040231 | the caller lacks a privilege | Give the caller a security role with it.
80040237 | another record has the same key | Look for a record with this name that the caller cannot see.
80040256 | the caller may not approve e-mail addresses here | Approving takes System Administrator together with Global administrator, Exchange administrator or Delegated Mailbox Approver; run apply --only approvals as such a person.
80042f09 | the caller has no security role | Assign one in the environment.
80044150 | the database was busy | Run apply again.
8004431a | the environment does not know this choice | Choose another value, or update the environment.
8004432f | the number is out of range | Choose a value within the documented range.
80044331 | the text is too long | Shorten it.
80048306 | the caller, or the owner of the mailbox, may not see this record | Check security roles, and who owns the mailbox.
80048405 | access is denied | Check the security roles of the caller.
80048408 | state and status do not go together | Run plan again.
80060882 | the record was changed meanwhile | Run apply again; it reads and compares first.
8006088d | the table has no versions to compare | The environment differs from the documented one; report this.
80072321 | the service limits the time of requests | Lower --parallelism, or wait some minutes.
80072322 | the service limits the number of requests | Lower --parallelism, or wait some minutes.
80072326 | the service limits requests at the same time | Lower --parallelism.
80072560 | the caller is no user of this environment | Add the application user, or the person, to the environment.
80090904 | only a Global or Exchange administrator assigns Delegated Mailbox Approver | Ask one of them.
80090905 | a team cannot have the role Delegated Mailbox Approver | Assign it to users.
`;

const HINTS: ReadonlyMap<string, ServiceHint> = new Map(
  [SAVING, TESTING, GENERAL].flatMap((table) => table.trim().split('\n').map(parseLine)),
);

/** Codes are printed with and without `0x`, and in either case. */
export function serviceHint(code: string | null): ServiceHint | null {
  if (code === null) return null;
  return HINTS.get(code.toLowerCase().replace(/^0x/u, '')) ?? null;
}

function parseLine(line: string): readonly [string, ServiceHint] {
  const [code, meaning, hint, ...rest] = line.split(' | ');
  if (code === undefined || meaning === undefined || hint === undefined || rest.length > 0) {
    throw new TypeError(`No code, meaning and hint: ${line}`);
  }
  return [code, { meaning, hint }];
}
