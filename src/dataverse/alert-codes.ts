/**
 * Codes that alerts and tests of mailboxes name: what each means, why it comes, what to do, what the service does
 * about it by itself, and Microsoft's article where there is one. Codes are those of Microsoft Learn, "Web service
 * error codes"; names, causes and what follows are those of the articles of Microsoft's support on e-mail and
 * Exchange synchronization. A permanent error disables the direction at once, a transient one is tried again up to
 * ten times, five minutes apart ("Troubleshooting and monitoring server-side synchronization").
 */

export interface AlertCode {
  /** Hexadecimal code without `0x`, and the names that alerts give it, in lower case. */
  readonly keys: readonly string[];
  readonly meaning: string;
  readonly cause: string;
  readonly hint: string;
  /** `null` where it is not documented. */
  readonly effect: 'retried' | 'disabled' | null;
  readonly article: string | null;
}

const SYNCHRONIZATION =
  'https://learn.microsoft.com/troubleshoot/power-platform/dataverse/email-exchange-synchronization/';
const ADMIN = 'https://learn.microsoft.com/power-platform/admin/';

/** Keys | meaning | cause | what to do | retried, disabled or - | article or -. */
const TESTING = `
8005e20b CannotAcceptEmail | the mailbox cannot take e-mail | Its incoming method, its state or its approval does not allow it. | Check its methods, its state and its approval. | - | -
8005e215 Pop3UnexpectedException | the POP3 server gave an unexpected answer | Another server, another port or another encryption answers than the profile says. | Check server, port and SSL of the profile. | - | -
8005e216 OpenMailboxException | the mailbox could not be opened | The credentials do not open it, or it is not on that mail server. | Check the credentials, and that the mailbox exists on the mail server. | - | -
8005e217 InvalidMailbox | the mailbox is not valid | Its e-mail address or its profile is missing or wrong. | Check its e-mail address and profile. | - | -
8005e219 InactiveMailbox | the mailbox is inactive | An inactive mailbox is not processed at all. | Set "state: active". | - | -
8005e220 UnapprovedMailbox | the e-mail address is not approved | The environment processes approved addresses only, and nobody has approved this one, or it has changed since. | Have it approved, then test again. | disabled | sync:troubleshooting-monitoring-server-side-synchronization#email-addresses-must-be-approved
8005e221 InvalidEmailAddressInMailbox | the e-mail address of the mailbox is not valid | It is empty, or no e-mail address. | Correct "emailAddress". | - | -
8005e222 EmailServerProfileNotAssociated InvalidIncomingEmailServerProfile InvalidOutgoingEmailServerProfile | the mailbox has no server profile, or the profile is inactive | No profile is set on the mailbox, or somebody has deactivated it. | Give "serverProfile", or activate the profile. | - | sync:mailbox-does-not-have-email-server-profile
8005e223 IncomingDeliveryIsForwardMailbox | mail of this mailbox comes through a forward mailbox | A mailbox with the method "forward-mailbox" is not read itself. | Test the forward mailbox instead. | - | -
8005e224 InvalidIncomingDeliveryExpectingEmailConnector | incoming mail is not set to server-side synchronization | Only such directions are tested. | Set "incoming: server-side-sync". | - | -
8005e225 OutgoingNotAllowedForForwardMailbox | a forward mailbox sends nothing | It only collects mail. | Set "outgoing: none". | - | -
8005e226 InvalidOutgoingDeliveryExpectingEmailConnector | outgoing mail is not set to server-side synchronization | Only such directions are tested. | Set "outgoing: server-side-sync". | - | -
8005e227 InaccessibleSmtpServer | the SMTP server cannot be reached | Server, port or SSL of the profile are wrong, or a firewall lies between. | Check server, port and SSL of the profile. | - | -
8005e228 InactiveEmailServerProfile | the server profile is inactive | Somebody has deactivated it. | Activate the profile, then test again. | - | sync:mailbox-does-not-have-email-server-profile
8005e229 CannotUseUserCredentials | the credentials of the user cannot be used | The profile authenticates by user or queue, and the mailbox does not allow its own credentials. | Give the mailbox "credentials", or use those of the profile. | - | -
8005e231 ZeroEmailReceived | no message was received | The test message did not arrive in time. | Check that the mailbox receives mail at all, then test again. | - | -
8005e232 NoTestEmailAccessPrivilege | the caller may not start a test | A security role with write access to this mailbox is missing. | Give the caller write access to mailboxes of this owner. | - | -
8005e239 CertificateNotFound | the certificate was not found | Key Vault holds none of the name that the profile gives, or may not be read. | Check the certificate of the profile in Key Vault. | - | -
8005e23a InvalidCertificate | the certificate is not valid | It has expired, or is not the one that Exchange trusts. | Renew the certificate of the profile in Key Vault. | - | -
8005e242 UnsupportedEmailServer | the mail server is of an unsupported kind | Not every server can be synchronized with. | See the list of supported e-mail servers. | - | admin:supported-email-service-configurations-server-side-synchronization
8005e243 S2SAccessTokenCannotBeAcquired | no token for Exchange could be had | Dynamics 365 and Exchange Online do not trust each other for this tenant. | Check that Exchange Online belongs to the tenant of the environment. | - | -
8005e246 RouterIsDisabled | mail processing is turned off for this environment | Administration mode is on, or background operations are off. | Check administration mode and background operations of the environment. | - | -
8005e259 | the owner of the mailbox lacks privileges | The user or team of the mailbox has no security role that covers it. | Give the user or team of the mailbox a security role that may read and write mailboxes and send mail. | - | sync:error-code-8005e259
8005e272 | Exchange does not let the account in (401) | The account that the profile uses is not authorized. | Check the profile, and licence and password of the account. | disabled | sync:error-code-8005e272
8005e273 | the account is disabled in the tenant | The Microsoft 365 account of this e-mail address is not enabled in the tenant of the profile. | Enable it in Microsoft Entra ID, then test again. | - | sync:error-code-8005e273
8005e274 MailboxNotEnabledForRESTAPI | the mailbox is not reachable through the REST API of Exchange Online | It has no Exchange Online licence, is disabled, or lies on-premises. | Give the licence; for a mailbox on-premises use a profile of type exchange-hybrid. | - | sync:error-code-8005e274
8005e276 | the user has no valid Exchange licence, or no Read-Write access | The licence was not given or was taken away, or the access mode of the user is another. | Give the licence, and set the access mode of the user to Read-Write. | - | sync:error-code-8005e276
80048306 | the mailbox user, or the caller, lacks rights to this record | The user has no security role that may read and write mailboxes, or the mailbox is owned by somebody else. | Check the security roles of the user, and that the user owns the mailbox. | - | sync:error-when-you-test-enable-a-mailbox
`;

/** Codes that have a name only, or a number of another kind, as alerts print them. */
const ALERTING = `
IncomingEmailS2SApprovalNeeded OutgoingEmailS2SApprovalNeeded ExchangeSyncEmailS2SApprovalNeeded | a tenant administrator has not approved the e-mail address | Exchange Online asks for it besides the approval in the environment, and an approval by script may not have set it. | Have a Global administrator, an Exchange administrator or a Delegated Mailbox Approver approve the address, then test again. | disabled | sync:troubleshooting-monitoring-server-side-synchronization#email-address-requires-approval-by-microsoft-365-administrator
IncomingEmailRejected OutgoingEmailRejected | somebody has rejected the e-mail address | A rejected address moves no mail. | Settle with whoever rejected it, have it approved, then test again. | disabled | -
IncomingIncorrectCrmOrgError OutgoingIncorrectCrmOrgError ExchangeSyncIncorrectCrmOrgError ExchangeSyncOrgMismatch | another environment synchronizes this Exchange mailbox | Exchange lets one environment synchronize a mailbox, and the other one tested it last. | In the primary environment set "syncFromThisOrganizationOnly: true" and test again; in all others set the methods to none. | disabled | admin:when-would-want-use-check-box
NoUserFoundWithGivenClaims UnrecognizedEmailAddress | the tenant has no user with this e-mail address | The address is no sign-in name, SMTP or mail address of a user there, or belongs to another tenant. | Correct "emailAddress", or use a profile for the other tenant. | - | sync:test-enable-fails-for-unrecognized-email-address
ErrorInvalidLicense | the Exchange mailbox has no licence | A user's mailbox in Exchange Online needs one; a shared mailbox does not. | Give the licence, or make it a shared mailbox. | - | sync:email-cannot-be-received-because-license-is-invalid-error
MailboxLocationNotDetermined | auto-discover does not find the mailbox | Auto-discover of Exchange is not set up, or does not answer. | Mend auto-discover, or set "autoDiscover: false" and give both servers. | disabled | sync:error-when-testing-enabling-mailbox
InvalidIncomingEmailServerProfileConfiguration InvalidOutgoingEmailServerProfileConfiguration | server or port of the profile is not right | The profile names a server or a port that does not answer as it should. | Check server and port of the profile. | disabled | sync:email-cannot-be-received-mailbox
HostNotFound | the server of the profile does not exist | Its name is misspelt, or not in the public DNS. | Check "incoming.server" and "outgoing.server" of the profile. | disabled | sync:email-cannot-be-received-mailbox
TimedOut | the mail server did not answer in time | Mostly a wrong port, or a firewall. | Check the ports of the profile, and that the server can be reached from outside. | disabled | sync:general-mailbox-access-error-occurred
ConnectFailure | no connection to the mail server | A firewall lies between, or the port is wrong. | Check the ports of the profile, and let the addresses of Dynamics 365 through the firewall. | retried | sync:error-occurs-sending-email-for-mailbox
OutgoingEmailAuthenticationError IncomingEmailAuthenticationError | the mail server does not take the credentials, or its certificate could not be checked | User name or password is wrong, the provider ended password sign-in (Gmail did in May 2022), or the certificate is not valid. | Check the credentials; for Gmail use "authentication: gmail-oauth". | disabled | sync:outgoingemailauthenticationerror-shows-in-mailbox-alert
Unauthorized | the mail server does not let the account in (401) | The e-mail address differs from that in Exchange, the licence is missing, or the profile is of another type or tenant than the mailbox. | Compare the e-mail address, the licence and the profile with Exchange, then test again. | disabled | sync:exception-when-using-server-side-sync
Forbidden | Exchange refuses Dynamics 365 (403) | Exchange Web Services are turned off for the mailbox or the organization, or an allow list leaves Dynamics 365 out. | Allow Exchange Web Services for it in Exchange. | disabled | sync:http-server-returned-forbidden-exception
ServiceUnavailable | Exchange was not available (503) | Mostly for a while only. | Wait for the next cycle, about 15 minutes; if it persists, look at the service health of Exchange Online. | retried | -
ErrorMailboxStoreUnavailable | the Exchange mailbox was not available | Mostly for a while only: its store is busy, moved or offline. | Wait; if it persists, look at the service health of Exchange Online. | retried | sync:general-mailbox-access-error-occurred-while-receiving-email-through-mailbox-error
ErrorSubmissionQuotaExceeded | the mailbox has sent more than Exchange Online allows | There is a limit for each day. | Wait, and send mass mail by another service. | retried | sync:errorsubmissionquotaexceeded-exception
ErrorQuotaExceeded | the Exchange mailbox is full | Exchange takes no more into it. | Make room in the mailbox, or raise its quota. | - | sync:errorquotaexceeded-exchange-server-returned-403-error
IncomingMailboxInternalCrmError 80040216 | the service had an internal error | Mostly for a while only. | Wait for the next cycle, about 15 minutes; if it persists, ask Microsoft's support. | retried | sync:an-internal-dynamics-365-error
UnknownIncomingEmailIntegrationError UnknownOutgoingEmailIntegrationError | an error that the service has no name for | The number beside it says which. | Look the number up; if the alert persists, ask Microsoft's support. | retried | sync:exception-appears-server-side-sync
80040265 | custom code stopped the message | A plug-in or workflow that runs when an e-mail is created refused it. | Look for synchronous plug-ins and workflows on e-mail. | retried | sync:unknownincomingemailintegrationerror-2147220891
80040224 | custom code failed | A plug-in or workflow that runs when an e-mail is created ended with an error. | Look for synchronous plug-ins and workflows on e-mail. | retried | sync:exception-appears-server-side-sync
80040b0b | a message has an e-mail address that is not valid | One address of "To" or "Cc" is malformed. | Look at the message; others are not affected. | retried | sync:exception-appears-server-side-sync
80040520 | the owner of the queue may not work with it | Read access to queues is missing in the owner's security role. | Give the owner of the queue a security role that may read queues. | retried | sync:exception-appears-server-side-sync
8004d24b | the owner of the mailbox has no licence | Dynamics 365 needs one, also on another mailbox with the same address. | Give the licence, and look for other mailboxes with this e-mail address. | retried | sync:exception-appears-server-side-sync
80042f0a | the owner of the queue has no security role | The queue belongs to a team without roles. | Give the owning team a security role. | retried | sync:error-2147209462-logged-mailbox-record
SmtpAddressHasNoMailbox ErrorNonExistentMailbox | the mail server has no mailbox of this address | The user name of the profile is written domain\\user, or there is no such mailbox. | Write the user name as user@contoso.com, and check that the mailbox exists. | - | sync:the-smtp-address-has-no-mailbox
SecureConnectionError | no secure connection to the mail server | The licence gives no access to Exchange Web Services (Kiosk), or the certificate is not trusted. | Check the plan of the licence, and SSL and certificate of the server. | disabled | -
GeneralOutgoingEmailServerError GeneralIncomingEmailServerError | the mail server refused without saying why | Often more messages than the provider allows. | Look at the limits of the provider. | retried | -
`;

/** Alerts without a code, by what their English text says. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/no user was found with the e-?mail address/iu, 'unrecognizedemailaddress'],
  [
    /requires? an approval by an? (office|microsoft) 365 administrator/iu,
    'exchangesyncemails2sapprovalneeded',
  ],
  [/(is not|isn't|haven't been|hasn't been|not been) approved/iu, '8005e220'],
  [
    /configured (for|with) another .*organization|another organization is set as the primary/iu,
    'exchangesyncincorrectcrmorgerror',
  ],
  [/location .*could not be determined/iu, 'mailboxlocationnotdetermined'],
  [/does not have an e-?mail server profile|server profile is inactive/iu, '8005e222'],
  [/smtp address has no mailbox/iu, 'smtpaddresshasnomailbox'],
  [/credentials .*are (incorrect|correct and have)/iu, 'unauthorized'],
  [/establishing a secure connection/iu, 'secureconnectionerror'],
];

export const ALERT_CODES: readonly AlertCode[] = [TESTING, ALERTING].flatMap((table) =>
  table.trim().split('\n').map(parseLine),
);

const BY_KEY: ReadonlyMap<string, AlertCode> = new Map(
  ALERT_CODES.flatMap((row) => row.keys.map((key) => [key, row] as const)),
);

/** What is known of a code, in whatever form it is printed; `null` for a code that is not known. */
export function alertCodeFacts(code: string): AlertCode | null {
  for (const key of codeKeys(code)) {
    const known = BY_KEY.get(key);
    if (known !== undefined) return known;
  }
  return null;
}

/** For alerts without a code that is known. */
export function alertTextFacts(text: string): AlertCode | null {
  const key = TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  return key === undefined ? null : (BY_KEY.get(key) ?? null);
}

/**
 * Keys under which a code may be known, the most exact first: `0x8005E259`, `Crm.80048306.Not enough …`,
 * `UnknownIncomingEmailIntegrationError -2147220891` (the same number as a negative decimal one), `HostNotFound`.
 */
export function codeKeys(code: string): readonly string[] {
  const words = code.split(/[\s.]+/u).filter((word) => word !== '');
  return words.toReversed().map(keyOf);
}

function keyOf(word: string): string {
  if (/^-\d+$/u.test(word)) return (Number(word) >>> 0).toString(16);
  return word.toLowerCase().replace(/^0x/u, '');
}

function parseLine(line: string): AlertCode {
  const [keys, meaning, cause, hint, effect, article, ...rest] = line.split(' | ');
  if (keys === undefined || !meaning || !cause || !hint || !article || rest.length > 0)
    throw new TypeError(`An incomplete line: ${line}`);
  return {
    keys: keys.split(' ').map((key) => key.toLowerCase()),
    meaning,
    cause,
    hint,
    effect: effect === 'retried' || effect === 'disabled' ? effect : null,
    article: articleOf(article),
  };
}

function articleOf(written: string): string | null {
  if (written === '-') return null;
  const [place, page] = written.split(/:(.*)/su);
  return `${place === 'sync' ? SYNCHRONIZATION : ADMIN}${page ?? ''}`;
}
