/** Made by `npm run generate` from schemas/config.schema.json; edit that file. */

/**
 * Configuration of mailboxctl: mailboxes, server profiles and e-mail settings as code.
 */
export interface ConfigFile {
  /**
   * Version of this format.
   */
  readonly version?: 1;
  /**
   * Environments by name; the name consists of letters, digits, "-" and "_".
   */
  readonly environments?: {
    readonly [k: string]: Environment;
  };
  /**
   * Further files of the configuration, as patterns relative to this file.
   */
  readonly include?: readonly string[];
  /**
   * E-mail server profiles.
   */
  readonly serverProfiles?: readonly ServerProfile[];
  readonly emailSettings?: EmailSettings;
  /**
   * Settings for many mailboxes at once. A later rule of a file is stronger.
   */
  readonly rules?: readonly Rule[];
  /**
   * Single mailboxes, stronger than every rule.
   */
  readonly mailboxes?: readonly Mailbox[];
  /**
   * Best-practice checks that are switched off here, each with the reason.
   */
  readonly checks?: {
    /**
     * The check "server-side-sync".
     */
    readonly 'server-side-sync'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "exchange-online".
     */
    readonly 'exchange-online'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "folder-level-tracking".
     */
    readonly 'folder-level-tracking'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "queue-approved-and-tested".
     */
    readonly 'queue-approved-and-tested'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "forward-mailbox".
     */
    readonly 'forward-mailbox'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "outlook-method".
     */
    readonly 'outlook-method'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "approval-required".
     */
    readonly 'approval-required'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "personal-queue-address".
     */
    readonly 'personal-queue-address'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "queue-address-of-person".
     */
    readonly 'queue-address-of-person'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "queue-owner-disabled".
     */
    readonly 'queue-owner-disabled'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "test-older-than-profile".
     */
    readonly 'test-older-than-profile'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
    /**
     * The check "duplicate-address".
     */
    readonly 'duplicate-address'?: {
      /**
       * Switches the check off, and says why.
       */
      readonly off: string;
    };
  };
}
/**
 * One Dataverse environment.
 */
export interface Environment {
  /**
   * Address of the environment, or "emulator" for the embedded Dataverse.
   */
  readonly url: string;
  /**
   * Organization file of an embedded environment.
   */
  readonly data?: string;
  /**
   * Id of the organization. Another answer of the environment ends the run.
   */
  readonly organizationId?: string;
  /**
   * What the environment is for. Required for a real environment; the embedded Dataverse and an address of this machine are non-production where nothing is written.
   */
  readonly purpose?: 'production' | 'non-production';
  /**
   * How to sign in; without a method as the environment variables offer it, else by Azure CLI.
   */
  readonly auth?: {
    /**
     * Way of signing in. A client secret is taken from AZURE_CLIENT_SECRET, never from this file.
     */
    readonly method?:
      | 'github-oidc'
      | 'azure-cli'
      | 'client-secret'
      | 'workload-identity'
      | 'managed-identity'
      | 'certificate';
    /**
     * Id of the Microsoft Entra tenant, or one of its domains.
     */
    readonly tenantId?: string;
    /**
     * Application (client) id of the app registration.
     */
    readonly clientId?: string;
    /**
     * Path of the PEM file for the method "certificate".
     */
    readonly certificate?: string;
    /**
     * Path of the federated token for the method "workload-identity".
     */
    readonly tokenFile?: string;
  };
  /**
   * A ceiling, applied after everything else: mailboxes outside it get no methods, no approval and no test.
   */
  readonly mail?: {
    /**
     * E-mail addresses that may move mail here; "*" stands for any text. A mailbox without an address is outside. An empty list allows nobody.
     */
    readonly allow: readonly string[];
    /**
     * What happens outside: "leave" caps what the configuration covers, "none" switches off every other mailbox of the environment too.
     */
    readonly others?: 'leave' | 'none';
  };
  /**
   * File, or list of files, that changes the configuration for this environment item by item: a key that is written there replaces the one of the item, "null" makes a field unmanaged again. Later files are stronger.
   *
   * @minItems 1
   */
  readonly overlay?: string | [string, ...readonly string[]];
  /**
   * Whether apply approves, lists the approvals for a person, or counts each of those as a failure.
   */
  readonly approvals?: 'apply' | 'hand-off' | 'fail';
  /**
   * Limits of Test & Enable: each test sends a real message.
   */
  readonly tests?: {
    /**
     * At most so many tests are requested in one run; the rest is left for the next.
     */
    readonly perRun?: number;
    /**
     * How long a requested test is awaited.
     */
    readonly timeout?: string;
    /**
     * A mailbox that failed is not tested again within this time.
     */
    readonly retestAfter?: string;
  };
  /**
   * Limits that a plan may not cross without consent.
   */
  readonly guards?: {
    /**
     * Refuses a plan that changes more of the managed mailboxes or server profiles than this.
     */
    readonly maxChanges?: {
      /**
       * Share of the managed resources of a kind.
       */
      readonly share?: string;
      /**
       * Fewer changes than this are always allowed.
       */
      readonly from?: number;
    };
  };
}
/**
 * One e-mail server profile.
 */
export interface ServerProfile {
  /**
   * Id of the profile, where two profiles of the environment have its name.
   */
  readonly id?: string;
  /**
   * Name of the profile. It is the key by which mailboxes and settings refer to it.
   */
  readonly name: string;
  /**
   * What the profile is for; shown in the admin center. Mail does not depend on it.
   */
  readonly description?: string;
  /**
   * What the profile connects to. It decides which other keys are required, allowed and filled in; it cannot be changed later.
   * - exchange-online: Exchange Online, of the same tenant or (with entra-oauth) of another
   * - exchange-server: Exchange Server beside Dynamics 365 on-premises
   * - exchange-hybrid: Exchange Server beside Dynamics 365 online
   * - pop3-smtp: a POP3 server for incoming and an SMTP server for outgoing mail
   * - imap-smtp: an IMAP server for incoming and an SMTP server for outgoing mail
   * - gmail: Gmail; at most 100 users on one profile
   */
  readonly type?: 'exchange-online' | 'exchange-server' | 'exchange-hybrid' | 'pop3-smtp' | 'imap-smtp' | 'gmail';
  /**
   * An inactive profile moves no mail: every mailbox that refers to it stops.
   * - active: mail of its mailboxes moves
   * - inactive: mail of its mailboxes stops
   * Risk (deactivate): Mail of every mailbox that uses the profile stops.
   */
  readonly state?: 'active' | 'inactive';
  readonly incoming?: {
    /**
     * Host name or address of the server for incoming mail. Required for POP3, IMAP and SMTP; not allowed while auto-discover is on; Gmail's own servers are set on creation where nothing is written.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly server?: string;
    /**
     * Port of the incoming server. Left out, the usual port of the type is set when the profile is created (POP3 995, IMAP 993) and not managed afterwards. The US Government cloud connects to 80, 443, 465 and 995 only.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly port?: number;
    /**
     * Whether the incoming connection uses SSL/TLS. Dynamics 365 online requires it.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly ssl?: boolean;
    /**
     * Whose credentials open the incoming connection. The profile's own "authentication" sets both directions.
     * - user-or-queue: with the credentials of each mailbox
     * - profile: with the user name and password of this profile
     * - server-to-server: as the Dynamics 365 service itself (Exchange Online of the same tenant)
     * - windows-integrated: as the Windows account of the service; not accepted in the cloud
     * - gmail-oauth: with a Google app; each user signs in once in person
     * - hybrid-modern: with a certificate (Exchange Server with hybrid modern authentication)
     * - entra-oauth: as an app of another tenant (Exchange Online of that tenant)
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly authentication?:
      | 'user-or-queue'
      | 'profile'
      | 'server-to-server'
      | 'windows-integrated'
      | 'gmail-oauth'
      | 'hybrid-modern'
      | 'entra-oauth';
    /**
     * How the credentials are presented to the incoming server.
     * - auto: whatever the server offers
     * - negotiate: Kerberos or NTLM, within one Windows domain only
     * - ntlm: NTLM, for Exchange Server
     * - basic: user name and password over SSL/TLS
     * - oauth: a token instead of a password
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly protocol?: 'auto' | 'negotiate' | 'ntlm' | 'basic' | 'oauth';
    /**
     * User name of the profile on the incoming server. Required with authentication "profile", and only allowed there.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly username?: string;
    /**
     * Where the password of incoming.username is found: an environment variable, a file or Azure Key Vault. Never the password itself.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly password?: {
      /**
       * Name of the environment variable that holds the secret.
       */
      readonly env?: string;
      /**
       * Path of the file that holds the secret.
       */
      readonly file?: string;
      /**
       * Identifier of the secret in Azure Key Vault.
       */
      readonly keyVault?: string;
    };
    /**
     * Whether the account of the profile acts as each mailbox (Exchange's ApplicationImpersonation role) for incoming mail. Exchange Server only; needs user name and password.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly impersonation?: boolean;
  };
  /**
   * Sets "incoming.authentication" and "outgoing.authentication" where those are not written.
   */
  readonly authentication?:
    | 'user-or-queue'
    | 'profile'
    | 'server-to-server'
    | 'windows-integrated'
    | 'gmail-oauth'
    | 'hybrid-modern'
    | 'entra-oauth';
  readonly outgoing?: {
    /**
     * Host name or address of the server for outgoing mail. Required for POP3, IMAP and SMTP; not allowed while auto-discover is on; Gmail's own servers are set on creation where nothing is written.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly server?: string;
    /**
     * Port of the outgoing server. Left out, the usual port of the type is set when the profile is created (SMTP 587) and not managed afterwards. The US Government cloud connects to 80, 443, 465 and 995 only.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly port?: number;
    /**
     * Whether the outgoing connection uses SSL/TLS. Dynamics 365 online requires it.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly ssl?: boolean;
    /**
     * Whose credentials open the outgoing connection. The profile's own "authentication" sets both directions.
     * - user-or-queue: with the credentials of each mailbox
     * - profile: with the user name and password of this profile
     * - server-to-server: as the Dynamics 365 service itself (Exchange Online of the same tenant)
     * - windows-integrated: as the Windows account of the service; not accepted in the cloud
     * - gmail-oauth: with a Google app; each user signs in once in person
     * - hybrid-modern: with a certificate (Exchange Server with hybrid modern authentication)
     * - entra-oauth: as an app of another tenant (Exchange Online of that tenant)
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly authentication?:
      | 'user-or-queue'
      | 'profile'
      | 'server-to-server'
      | 'windows-integrated'
      | 'gmail-oauth'
      | 'hybrid-modern'
      | 'entra-oauth';
    /**
     * How the credentials are presented to the outgoing server.
     * - auto: whatever the server offers
     * - negotiate: Kerberos or NTLM, within one Windows domain only
     * - ntlm: NTLM, for Exchange Server
     * - basic: user name and password over SSL/TLS
     * - oauth: a token instead of a password
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly protocol?: 'auto' | 'negotiate' | 'ntlm' | 'basic' | 'oauth';
    /**
     * User name of the profile on the outgoing server. Required with authentication "profile", and only allowed there.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly username?: string;
    /**
     * Where the password of outgoing.username is found: an environment variable, a file or Azure Key Vault. Never the password itself.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly password?: {
      /**
       * Name of the environment variable that holds the secret.
       */
      readonly env?: string;
      /**
       * Path of the file that holds the secret.
       */
      readonly file?: string;
      /**
       * Identifier of the secret in Azure Key Vault.
       */
      readonly keyVault?: string;
    };
    /**
     * Whether the account of the profile acts as each mailbox (Exchange's ApplicationImpersonation role) for outgoing mail. Exchange Server only; needs user name and password.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly impersonation?: boolean;
    /**
     * Whether Dynamics 365 may give itself the right to send as each mailbox where it lacks it. Exchange Server only, not with SMTP.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly autoGrantDelegateAccess?: boolean;
  };
  /**
   * Whether outgoing mail uses the credentials of incoming mail. While it is on, outgoing user name and password are refused. New profiles for POP3, IMAP and Gmail, and those whose outgoing mail is declared to sign in by itself, have it off unless this key is written.
   * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
   */
  readonly sameForOutgoing?: boolean;
  /**
   * Whether Exchange is asked where its servers are. Always on with Exchange Online, never with POP3, IMAP and Gmail; with Exchange Server either this or the two servers. New profiles get what their type needs.
   * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
   */
  readonly autoDiscover?: boolean;
  /**
   * Address of Exchange Web Services that replaces the usual one of Exchange Online; needed in China. No page of the admin center shows it.
   * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
   */
  readonly defaultLocation?: string;
  readonly oauth?: {
    /**
     * Id of the app registration with which the profile signs in: in Microsoft Entra, or in the Google console for Gmail.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly clientId?: string;
    /**
     * Where the secret of the app registration is found: an environment variable, a file or Azure Key Vault. Never the secret itself.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly clientSecret?: {
      /**
       * Name of the environment variable that holds the secret.
       */
      readonly env?: string;
      /**
       * Path of the file that holds the secret.
       */
      readonly file?: string;
      /**
       * Identifier of the secret in Azure Key Vault.
       */
      readonly keyVault?: string;
    };
    /**
     * Id of the Microsoft Entra tenant that the mailboxes belong to, where it is not the tenant of the environment. The service may refuse another one on a profile that has one (0x8005E25C): then make a new profile.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly tenantId?: string;
    /**
     * Microsoft Entra resource that a token is asked for with hybrid modern authentication; usually the host of the address of Exchange Web Services.
     * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
     */
    readonly resource?: string;
  };
  /**
   * Microsoft cloud whose sign-in service issues the tokens of the profile.
   * - public: login.microsoftonline.com, also for GCC
   * - us-government: login.microsoftonline.us (GCC High and DoD)
   * - china: login.chinacloudapi.cn (21Vianet)
   * - automatic: the cloud of the environment itself
   * Risk (breaks-working-mailbox): Every mailbox of the profile has to be tested again before its mail can be relied on.
   */
  readonly serverAuthority?: 'public' | 'us-government' | 'china' | 'automatic';
  /**
   * Mail received before this moment is left alone. The later one of profile and mailbox counts. A zone is required.
   * Unit: date and time with a zone.
   * Risk (older-mail): An earlier date pulls older mail into Dataverse, also that of mailboxes that move to the profile later.
   */
  readonly processEmailsFrom?: string;
  /**
   * At least so many minutes pass between two looks into a mailbox; 0 leaves it to the service.
   * Unit: minutes.
   */
  readonly pollingMinutes?: number;
  /**
   * Connections to the mail server at the same time. They are counted for each mailbox where the credentials are in the mailboxes (user-or-queue, gmail-oauth), else for the whole profile.
   * Unit: connections.
   */
  readonly maxConnections?: number;
  /**
   * Whether mail that could not be tracked in Dynamics 365 is moved to the "Undeliverable" folder of its mailbox.
   */
  readonly moveUndeliverable?: boolean;
  /**
   * Whether the owner of the profile gets an e-mail when more than half of its mailboxes fail.
   */
  readonly alertOwner?: boolean;
  /**
   * Code page in which the text of outgoing e-mail is encoded, as the mail server expects it.
   */
  readonly encodingCodePage?: string;
  /**
   * Version of Exchange Server that the profile speaks to; newer ones count as exchange-2013.
   */
  readonly exchangeVersion?:
    | 'exchange-2007'
    | 'exchange-2007-sp1'
    | 'exchange-2010'
    | 'exchange-2010-sp1'
    | 'exchange-2010-sp2'
    | 'exchange-2013';
  /**
   * How long a connection to the mail server may take, up to 100s; "none" waits without a limit.
   * Unit: duration: 1s to 100s, 1m, or none.
   */
  readonly connectionTimeout?: string;
  /**
   * Whether this configuration looks after the profile here. With "false" nothing of it is compared, changed or reported, whatever else sets it.
   */
  readonly managed?: boolean;
  /**
   * Refuses every plan that changes the profile in any way, until somebody allows it with --allow protected.
   */
  readonly protect?: boolean;
  /**
   * Fields that are written when the profile is created and afterwards neither compared nor changed, by their keys in this file; for what other people look after.
   *
   * @minItems 1
   */
  readonly ignore?: [string, ...readonly string[]];
  /**
   * Name that the profile had before. If no record has the new name and one has this one, that record is renamed; once it is, the key may go.
   */
  readonly renamedFrom?: string;
  /**
   * Deletes the profile if it is there. Stands alone beside what names the profile; only profiles and forward mailboxes can be deleted.
   * Risk (delete): Mailboxes that still use the profile lose it, and their mail stops. Nothing brings the record back.
   */
  readonly absent?: true;
}
/**
 * The environment's e-mail settings.
 */
export interface EmailSettings {
  readonly newMailboxes?: {
    /**
     * Name of the server profile that mailboxes of new users and queues get.
     * Risk (cascade): Mailboxes with applyDefaultEmailSettings change along, and are tested again. Other mailboxes that exist keep what they have.
     */
    readonly serverProfile?: string;
    /**
     * Synchronization method for incoming that mailboxes of new users and queues get.
     * - none: nothing is synchronized
     * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
     * - server-side-sync: Dataverse connects to the mail server through the server profile
     * - forward-mailbox: a forward mailbox collects the mail of this one
     * Risk (cascade): Mailboxes with applyDefaultEmailSettings change along, and are tested again. Other mailboxes that exist keep what they have.
     */
    readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
    /**
     * Synchronization method for outgoing that mailboxes of new users and queues get.
     * - none: nothing is synchronized
     * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
     * - server-side-sync: Dataverse connects to the mail server through the server profile
     * Risk (cascade): Mailboxes with applyDefaultEmailSettings change along, and are tested again. Other mailboxes that exist keep what they have.
     */
    readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
    /**
     * Synchronization method for appointments, contacts and tasks that mailboxes of new users and queues get.
     * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
     * - server-side-sync: Dataverse connects to the mail server through the server profile
     * - none: nothing is synchronized
     * Risk (cascade): Mailboxes with applyDefaultEmailSettings change along, and are tested again. Other mailboxes that exist keep what they have.
     */
    readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
  };
  readonly onlyApproved?: {
    /**
     * Whether mail of users moves only after somebody approved their e-mail address. Turning it off is not recommended.
     * Risk (approval-off): Mailboxes of users could be synchronized that nobody has approved.
     */
    readonly users?: boolean;
    /**
     * Whether mail of queues moves only after somebody approved their e-mail address. Turning it off is not recommended.
     * Risk (approval-off): Mailboxes of queues could be synchronized that nobody has approved.
     */
    readonly queues?: boolean;
  };
  readonly tracking?: {
    /**
     * Use folder-level tracking: mail that a person moves to a tracked Exchange folder is tracked on every device, without a token in its subject. Needs server-side synchronization.
     */
    readonly folderLevel?: boolean;
    /**
     * At most so many folders may one person track.
     * Unit: folders.
     */
    readonly folderMappings?: number;
    /**
     * Use correlation to track e-mail conversations: a reply is recognized by the headers of the message it answers.
     */
    readonly correlation?: boolean;
    /**
     * Text with which tracking tokens in subject lines begin. A changed prefix makes older tokens hard to recognize; keep the ";" at the end of a list.
     */
    readonly tokenPrefix?: string;
    /**
     * Number at which the user numbers in tracking tokens begin.
     * Unit: number.
     */
    readonly tokenBase?: number;
    /**
     * So many digits of a tracking token stand for the user.
     * Unit: digits.
     */
    readonly tokenUserDigits?: number;
    /**
     * So many digits of a tracking token count messages; after the highest number counting begins anew.
     * Unit: digits.
     */
    readonly tokenMessageDigits?: number;
    /**
     * Use smart matching: a reply is recognized by the words of its subject and its recipients. Less certain than tokens, correlation and folders.
     */
    readonly smartMatching?: boolean;
    /**
     * Regular expression of what smart matching leaves out of subjects, such as prefixes of replies.
     */
    readonly smartMatchingFilter?: string;
    /**
     * At most so many words of a subject are compared by smart matching.
     * Unit: words.
     */
    readonly smartMatchingMaxWords?: number;
    /**
     * Two messages belong together only if they have at least so many recipients in common.
     * Unit: recipients.
     */
    readonly smartMatchingMinRecipients?: number;
    /**
     * Two messages belong together only if at most so many words of their subjects differ.
     * Unit: words.
     */
    readonly smartMatchingMaxDifference?: number;
    /**
     * Track e-mail sent between two Dynamics 365 users as two activities, one for the sender and one for the recipient.
     */
    readonly betweenUsersAsTwo?: boolean;
  };
  readonly forms?: {
    /**
     * Use secure frames to restrict e-mail message content. While it is on, some messages cannot be displayed in a frame.
     */
    readonly secureFrames?: boolean;
    /**
     * People can send e-mails with recipients that are no record in Dynamics 365.
     */
    readonly unresolvedRecipients?: boolean;
    /**
     * If there are several possible records for an address in To, CC or BCC of incoming mail, it is set as unresolved instead of resolving to all of them.
     */
    readonly multipleMatchesUnresolved?: boolean;
    /**
     * When someone resolves an unresolved address by hand, it is applied to all similar unresolved addresses. It matters while multipleMatchesUnresolved is on.
     */
    readonly resolveSimilar?: boolean;
    /**
     * Enable "Send Direct Email" in the Unified Interface: one template to many records of a list at once.
     */
    readonly sendDirectEmail?: boolean;
  };
  readonly attachments?: {
    /**
     * Largest file that may be attached to an e-mail or a note. The page offers up to 131072, the API documents up to 128000.
     * Unit: kilobytes of 1024 bytes.
     */
    readonly maxSizeKB?: number;
  };
  readonly alerts?: {
    /**
     * Errors are written to the alerts of mailboxes and profiles. While it is off, a failed test leaves no alert to read.
     */
    readonly errors?: boolean;
    /**
     * Warnings are written to the alerts too; useful while looking for a fault.
     */
    readonly warnings?: boolean;
    /**
     * Information, such as a test that went well, is written to the alerts too.
     */
    readonly information?: boolean;
    /**
     * The owner of a mailbox is told of errors of its server profile as well, not the administrator alone.
     */
    readonly notifyOwner?: boolean;
  };
}
/**
 * One rule: what it covers and what it sets.
 */
export interface Rule {
  /**
   * Name of the rule, which plans show beside every value that it sets.
   */
  readonly name: string;
  /**
   * Which mailboxes the rule covers. Keys are joined by AND, a list by OR. In an overlay "null" takes the rule out.
   */
  readonly match: {
    /**
     * Sorts of mailbox that the rule covers.
     *
     * @minItems 1
     */
    readonly mailboxOf?: string | ['user' | 'queue', ...readonly ('user' | 'queue')[]];
    /**
     * E-mail addresses that the rule covers; "*" stands for any text, case does not matter.
     *
     * @minItems 1
     */
    readonly emailAddress?: string | [string, ...readonly string[]];
    /**
     * Sign-in names of users; "*" stands for any text.
     *
     * @minItems 1
     */
    readonly signIn?: string | [string, ...readonly string[]];
    /**
     * Business units that the user or queue belongs to; "*" stands for any text.
     *
     * @minItems 1
     */
    readonly businessUnit?: string | [string, ...readonly string[]];
    /**
     * Together with businessUnit: the units below those that it names count too.
     */
    readonly below?: boolean;
    /**
     * Teams that the user is a member of; "*" stands for any text.
     *
     * @minItems 1
     */
    readonly team?: string | [string, ...readonly string[]];
    /**
     * Security roles that the user has, directly or through a team; "*" stands for any text.
     *
     * @minItems 1
     */
    readonly securityRole?: string | [string, ...readonly string[]];
    /**
     * Whether the user has a licence.
     */
    readonly licensed?: boolean;
    /**
     * Names of queues; "*" stands for any text.
     *
     * @minItems 1
     */
    readonly queue?: string | [string, ...readonly string[]];
    /**
     * List file, relative to the project folder: one sign-in name, e-mail address or queue name a line; a line that begins with "#" is a comment.
     *
     * @minItems 1
     */
    readonly in?: string | [string, ...readonly string[]];
    /**
     * Mailboxes that rules leave out unless they are named here.
     *
     * @minItems 1
     */
    readonly include?:
      | string
      | [
          'disabled-users' | 'application-users' | 'personal-queues',
          ...readonly ('disabled-users' | 'application-users' | 'personal-queues')[]
        ];
  };
  /**
   * Sign-in names, e-mail addresses, queue names, or matches, that the rule leaves out.
   */
  readonly except?: (
    | string
    | {
        /**
         * Sorts of mailbox that the rule covers.
         *
         * @minItems 1
         */
        readonly mailboxOf?: string | ['user' | 'queue', ...readonly ('user' | 'queue')[]];
        /**
         * E-mail addresses that the rule covers; "*" stands for any text, case does not matter.
         *
         * @minItems 1
         */
        readonly emailAddress?: string | [string, ...readonly string[]];
        /**
         * Sign-in names of users; "*" stands for any text.
         *
         * @minItems 1
         */
        readonly signIn?: string | [string, ...readonly string[]];
        /**
         * Business units that the user or queue belongs to; "*" stands for any text.
         *
         * @minItems 1
         */
        readonly businessUnit?: string | [string, ...readonly string[]];
        /**
         * Together with businessUnit: the units below those that it names count too.
         */
        readonly below?: boolean;
        /**
         * Teams that the user is a member of; "*" stands for any text.
         *
         * @minItems 1
         */
        readonly team?: string | [string, ...readonly string[]];
        /**
         * Security roles that the user has, directly or through a team; "*" stands for any text.
         *
         * @minItems 1
         */
        readonly securityRole?: string | [string, ...readonly string[]];
        /**
         * Whether the user has a licence.
         */
        readonly licensed?: boolean;
        /**
         * Names of queues; "*" stands for any text.
         *
         * @minItems 1
         */
        readonly queue?: string | [string, ...readonly string[]];
        /**
         * List file, relative to the project folder: one sign-in name, e-mail address or queue name a line; a line that begins with "#" is a comment.
         *
         * @minItems 1
         */
        readonly in?: string | [string, ...readonly string[]];
      }
  )[];
  /**
   * Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win; "false" withdraws what a weaker rule asks for.
   * Risk (cascade): A change of the defaults changes and tests every mailbox that has this.
   */
  readonly applyDefaultEmailSettings?: boolean;
  /**
   * Name of the server profile that the mailbox connects through, declared here or existing in the environment.
   * Risk (breaks-working-mailbox): The mailbox has to be tested again. A profile that processes e-mail from an earlier date pulls older mail.
   */
  readonly serverProfile?: string;
  /**
   * How mail to this mailbox gets into Dynamics 365. A forward mailbox takes none or server-side-sync.
   * - none: nothing is synchronized
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * - forward-mailbox: a forward mailbox collects the mail of this one
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
  /**
   * How mail from Dynamics 365 leaves through this mailbox. A forward mailbox takes none.
   * - none: nothing is synchronized
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
  /**
   * How appointments, contacts and tasks are synchronized. Exchange only: not with POP3, IMAP or Gmail.
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * - none: nothing is synchronized
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
  /**
   * Whether mail is deleted from the mail server once Dynamics 365 has processed it. Queue and forward mailboxes only.
   * Risk (delete-mail): Processed mail is gone from the mail server for good.
   */
  readonly deleteEmailsAfterProcessing?: boolean;
  /**
   * Mail received before this moment is left alone. The later one of profile and mailbox counts. A zone is required.
   * Unit: date and time with a zone.
   * Risk (older-mail): An earlier date pulls older mail into Dataverse.
   */
  readonly processEmailsFrom?: string;
  /**
   * Whether somebody vouches for the e-mail address. It approves only an address that this file or the sign-in name proves; "false" takes an approval away.
   * Risk (approve-rejected): An address that somebody rejected is approved, or with "false" an approval is taken away and the mail stops.
   */
  readonly approved?: boolean;
  /**
   * Tested and enabled for each direction that uses server-side synchronization. A test sends a real message from the mailbox to itself. "false": no tests from here.
   * Risk (test-in-non-production): A test sends a real message and links the mailbox with this environment: outside production it can cut it off from the productive one.
   */
  readonly testAndEnable?: boolean;
  /**
   * An inactive mailbox is not processed at all: its mail stops.
   * - active: the mailbox is processed
   * - inactive: the mailbox is left alone
   * Risk (deactivate): Mail of the mailbox stops.
   */
  readonly state?: 'active' | 'inactive';
  /**
   * Whether this configuration looks after the mailbox here. With "false" nothing of it is compared, changed or reported, whatever else sets it.
   */
  readonly managed?: boolean;
  /**
   * Refuses every plan that changes the mailbox in any way, until somebody allows it with --allow protected.
   */
  readonly protect?: boolean;
  /**
   * Fields that are written when the mailbox is created and afterwards neither compared nor changed, by their keys in this file; for what other people look after.
   *
   * @minItems 1
   */
  readonly ignore?: [string, ...readonly string[]];
}
/**
 * One mailbox.
 */
export interface Mailbox {
  /**
   * Sign-in name of the user whose mailbox it is.
   */
  readonly user?: string;
  /**
   * Name of the queue whose mailbox it is.
   */
  readonly queue?: string;
  /**
   * Name of a forward mailbox.
   */
  readonly forward?: string;
  /**
   * Entra object id of the user, or id of the queue, where the name is not enough.
   */
  readonly id?: string;
  /**
   * E-mail address of the mailbox. It is written on the user or queue; a new address has to be approved and tested again.
   * Risk (breaks-working-mailbox): The new address has to be approved and tested before its mail moves. On a personal queue, an address pulls in all mail of it.
   */
  readonly emailAddress?: string;
  /**
   * Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win; "false" withdraws what a weaker rule asks for.
   * Risk (cascade): A change of the defaults changes and tests every mailbox that has this.
   */
  readonly applyDefaultEmailSettings?: boolean;
  /**
   * Name of the server profile that the mailbox connects through, declared here or existing in the environment.
   * Risk (breaks-working-mailbox): The mailbox has to be tested again. A profile that processes e-mail from an earlier date pulls older mail.
   */
  readonly serverProfile?: string;
  /**
   * How mail to this mailbox gets into Dynamics 365. A forward mailbox takes none or server-side-sync.
   * - none: nothing is synchronized
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * - forward-mailbox: a forward mailbox collects the mail of this one
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
  /**
   * How mail from Dynamics 365 leaves through this mailbox. A forward mailbox takes none.
   * - none: nothing is synchronized
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
  /**
   * How appointments, contacts and tasks are synchronized. Exchange only: not with POP3, IMAP or Gmail.
   * - outlook: Dynamics 365 for Outlook does it on the user's computer (deprecated, not for queues)
   * - server-side-sync: Dataverse connects to the mail server through the server profile
   * - none: nothing is synchronized
   * Risk (mail-stops): Away from server-side-sync, what works now in this direction stops.
   */
  readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
  /**
   * Whether mail is deleted from the mail server once Dynamics 365 has processed it. Queue and forward mailboxes only.
   * Risk (delete-mail): Processed mail is gone from the mail server for good.
   */
  readonly deleteEmailsAfterProcessing?: boolean;
  /**
   * Mail received before this moment is left alone. The later one of profile and mailbox counts. A zone is required.
   * Unit: date and time with a zone.
   * Risk (older-mail): An earlier date pulls older mail into Dataverse.
   */
  readonly processEmailsFrom?: string;
  /**
   * User name and password of the mailbox itself, for profiles that authenticate by user or queue; or "none", which forbids them.
   */
  readonly credentials?:
    | {
        /**
         * User name with which the mailbox signs in to its mail server.
         */
        readonly username?: string;
        /**
         * Where the password is found: an environment variable, a file or Azure Key Vault. Never the password itself.
         */
        readonly password?: {
          /**
           * Name of the environment variable that holds the secret.
           */
          readonly env?: string;
          /**
           * Path of the file that holds the secret.
           */
          readonly file?: string;
          /**
           * Identifier of the secret in Azure Key Vault.
           */
          readonly keyVault?: string;
        };
      }
    | string;
  /**
   * Whether somebody vouches for the e-mail address. It approves only an address that this file or the sign-in name proves; "false" takes an approval away.
   * Risk (approve-rejected): An address that somebody rejected is approved, or with "false" an approval is taken away and the mail stops.
   */
  readonly approved?: boolean;
  /**
   * Tested and enabled for each direction that uses server-side synchronization. A test sends a real message from the mailbox to itself. "false": no tests from here.
   * Risk (test-in-non-production): A test sends a real message and links the mailbox with this environment: outside production it can cut it off from the productive one.
   */
  readonly testAndEnable?: boolean;
  /**
   * Takes the Exchange mailbox over for this environment, even if another one synchronizes it now. Written together with a test, so it needs testAndEnable; production only.
   * Risk (primary-org): The environment that synchronizes the mailbox now loses it: its synchronization ends.
   */
  readonly syncFromThisOrganizationOnly?: true;
  /**
   * An inactive mailbox is not processed at all: its mail stops.
   * - active: the mailbox is processed
   * - inactive: the mailbox is left alone
   * Risk (deactivate): Mail of the mailbox stops.
   */
  readonly state?: 'active' | 'inactive';
  /**
   * Whether this configuration looks after the mailbox here. With "false" nothing of it is compared, changed or reported, whatever else sets it.
   */
  readonly managed?: boolean;
  /**
   * Refuses every plan that changes the mailbox in any way, until somebody allows it with --allow protected.
   */
  readonly protect?: boolean;
  /**
   * Fields that are written when the mailbox is created and afterwards neither compared nor changed, by their keys in this file; for what other people look after.
   *
   * @minItems 1
   */
  readonly ignore?: [string, ...readonly string[]];
  /**
   * Name that the mailbox had before. If no record has the new name and one has this one, that record is renamed; once it is, the key may go.
   */
  readonly renamedFrom?: string;
  /**
   * Deletes the mailbox if it is there. Stands alone beside what names the mailbox; only profiles and forward mailboxes can be deleted.
   * Risk (delete): Mail that is forwarded to the mailbox is no longer read. Nothing brings the record back.
   */
  readonly absent?: true;
  /**
   * Best-practice findings that are all right for this mailbox: the id of the check, and the reason why.
   */
  readonly accept?: {
    readonly [k: string]: string;
  };
}
