/**
 * Codes with which the service refuses a request, what they mean in our words and what to do about them (Microsoft
 * Learn, "Web service error codes"). Texts of the service can be in any language, codes are not.
 */

/** Code | meaning | what to do. Answers to saving a mailbox or profile. */
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

/** Code | meaning | what to do. Of any request. */
const GENERAL = `
80040203 | an argument is not valid | Run plan again; if it persists, the environment takes another value here.
80040216 | the service had an unexpected error | Run apply again; if it persists, ask the service support with the request id.
80040217 | the record does not exist | Run plan again.
80040220 | the caller lacks a privilege | Give the caller a security role with it.
80040231 | the caller lacks a privilege | Give the caller a security role with it.
80040237 | another record has the same key | Look for a record with this name that the caller cannot see.
80040256 | the caller may not approve e-mail addresses here | Approving takes System Administrator together with Global administrator, Exchange administrator or Delegated Mailbox Approver; run apply --only approvals as such a person.
80041d48 | application users are not edited like people | Leave the user to whoever keeps the application; its mailbox can still be managed.
80042f09 | the caller has no security role | Assign one in the environment: Power Platform admin center, Environments, Settings, Users + permissions.
80044150 | the database was busy | Run apply again.
80044151 | the database took too long | Run apply again, with a lower --parallelism if it persists.
8004431a | the environment does not know this choice | Choose another value, or update the environment.
8004432f | the number is out of range | Choose a value within the documented range.
80044331 | the text is too long | Shorten it.
80048306 | the caller, or the owner of the mailbox, may not see this record | Check security roles, and who owns the mailbox.
80048405 | access is denied | Check the security roles of the caller.
80048408 | state and status do not go together | Run plan again.
80060882 | the record was changed meanwhile | Run apply again; it reads and compares first.
80060883 | a version of the record was asked for and not sent | Something on the way drops the header If-Match: look for a proxy.
80060891 | no record has this key | Run plan again.
80060892 | several records have this key | Look for duplicates that the caller cannot see.
8006088d | the table has no versions to compare | The environment differs from the documented one; report this.
80072321 | the service limits the time of requests | Lower --parallelism, or wait some minutes.
80072322 | the service limits the number of requests | Lower --parallelism, or wait some minutes.
80072326 | the service limits requests at the same time | Lower --parallelism.
80072491 | the table keeps no track of changes | The environment differs from the documented one; report this.
80072560 | the caller is no user of this environment | Add the application user, or the person, in the Power Platform admin center: Environments, Settings, Users + permissions; then give it a security role.
80090904 | only a Global or Exchange administrator assigns Delegated Mailbox Approver | Ask one of them.
8004f511 | the environment has an application user for this application already | Use that one: Power Platform admin center, Environments, Settings, Users + permissions.
80090905 | a team cannot have the role Delegated Mailbox Approver | Assign it to users.
`;

export interface ServiceCode {
  readonly code: string;
  readonly meaning: string;
  readonly hint: string;
}

export const SERVICE_CODES: readonly ServiceCode[] = [SAVING, GENERAL].flatMap((table) =>
  table.trim().split('\n').map(parseLine),
);

function parseLine(line: string): ServiceCode {
  const [code, meaning, hint, ...rest] = line.split(' | ');
  if (code === undefined || meaning === undefined || hint === undefined || rest.length > 0) {
    throw new TypeError(`No code, meaning and hint: ${line}`);
  }
  return { code, meaning, hint };
}
