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
   * What the environment is for. Required for a real environment.
   */
  readonly purpose?: 'production' | 'non-production';
  /**
   * How to sign in; Azure CLI where nothing is written.
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
     * Id of the Microsoft Entra tenant.
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
     * Refuses a plan that changes more of the managed mailboxes than this.
     */
    readonly maxChanges?: {
      /**
       * Share of the managed resources of a kind.
       */
      readonly share?: string;
      /**
       * Up to so many changes are always allowed.
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
   */
  readonly type: 'exchange-online' | 'exchange-server' | 'exchange-hybrid' | 'pop3-smtp' | 'imap-smtp' | 'gmail';
  /**
   * An inactive profile moves no mail: every mailbox that refers to it stops.
   */
  readonly state?: 'active' | 'inactive';
  readonly incoming?: {
    /**
     * Host name or address of the server for incoming mail. Required for POP3, IMAP and SMTP.
     */
    readonly server?: string;
    /**
     * Port of the incoming server. Left out, the usual port of the type is set when the profile is created and not managed afterwards.
     */
    readonly port?: number;
    /**
     * Whether the incoming connection uses SSL/TLS. Dynamics 365 online requires it.
     */
    readonly ssl?: boolean;
    /**
     * Whose credentials open the incoming connection. The profile's own "authentication" sets both directions.
     */
    readonly authentication?:
      | 'user-or-queue'
      | 'profile'
      | 'server-to-server'
      | 'windows-integrated'
      | 'gmail-oauth'
      | 'hybrid-modern'
      | 'entra-oauth';
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
     * Host name or address of the server for outgoing mail. Required for POP3, IMAP and SMTP.
     */
    readonly server?: string;
    /**
     * Port of the outgoing server. Left out, the usual port of the type is set when the profile is created and not managed afterwards.
     */
    readonly port?: number;
    /**
     * Whether the outgoing connection uses SSL/TLS. Dynamics 365 online requires it.
     */
    readonly ssl?: boolean;
    /**
     * Whose credentials open the outgoing connection. The profile's own "authentication" sets both directions.
     */
    readonly authentication?:
      | 'user-or-queue'
      | 'profile'
      | 'server-to-server'
      | 'windows-integrated'
      | 'gmail-oauth'
      | 'hybrid-modern'
      | 'entra-oauth';
  };
}
/**
 * The environment's e-mail settings.
 */
export interface EmailSettings {
  readonly newMailboxes?: {
    /**
     * Name of the server profile that mailboxes of new users and queues get.
     */
    readonly serverProfile?: string;
    /**
     * Synchronization method for incoming that mailboxes of new users and queues get.
     */
    readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
    /**
     * Synchronization method for outgoing that mailboxes of new users and queues get.
     */
    readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
    /**
     * Synchronization method for appointments, contacts and tasks that mailboxes of new users and queues get.
     */
    readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
  };
  readonly onlyApproved?: {
    /**
     * Whether mail of users moves only after somebody approved their e-mail address. Turning it off is not recommended.
     */
    readonly users?: boolean;
    /**
     * Whether mail of queues moves only after somebody approved their e-mail address. Turning it off is not recommended.
     */
    readonly queues?: boolean;
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
   * Which mailboxes the rule covers. Keys are joined by AND, a list by OR.
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
      }
  )[];
  /**
   * Mailboxes that rules leave out unless they are named here.
   */
  readonly include?: readonly ('disabled-users' | 'application-users' | 'personal-queues')[];
  /**
   * Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win.
   */
  readonly applyDefaultEmailSettings?: boolean;
  /**
   * Name of the server profile that the mailbox connects through, declared here or existing in the environment.
   */
  readonly serverProfile?: string;
  /**
   * Synchronization method for incoming.
   */
  readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
  /**
   * Synchronization method for outgoing.
   */
  readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
  /**
   * Synchronization method for appointments, contacts and tasks.
   */
  readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
  /**
   * Whether somebody vouches for the e-mail address. It approves only an address that this file or the sign-in name proves; "false" takes an approval away.
   */
  readonly approved?: boolean;
  /**
   * Tested and enabled for each direction that uses server-side synchronization. A test sends a real message from the mailbox to itself. "false": no tests from here.
   */
  readonly testAndEnable?: boolean;
  /**
   * An inactive mailbox is not processed at all: its mail stops.
   */
  readonly state?: 'active' | 'inactive';
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
   */
  readonly emailAddress?: string;
  /**
   * Stands for the server profile and the three methods of emailSettings.newMailboxes, or of the environment where those are not declared. Keys written beside it win.
   */
  readonly applyDefaultEmailSettings?: boolean;
  /**
   * Name of the server profile that the mailbox connects through, declared here or existing in the environment.
   */
  readonly serverProfile?: string;
  /**
   * Synchronization method for incoming.
   */
  readonly incoming?: 'none' | 'outlook' | 'server-side-sync' | 'forward-mailbox';
  /**
   * Synchronization method for outgoing.
   */
  readonly outgoing?: 'none' | 'outlook' | 'server-side-sync';
  /**
   * Synchronization method for appointments, contacts and tasks.
   */
  readonly appointmentsContactsTasks?: 'outlook' | 'server-side-sync' | 'none';
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
   */
  readonly approved?: boolean;
  /**
   * Tested and enabled for each direction that uses server-side synchronization. A test sends a real message from the mailbox to itself. "false": no tests from here.
   */
  readonly testAndEnable?: boolean;
  /**
   * An inactive mailbox is not processed at all: its mail stops.
   */
  readonly state?: 'active' | 'inactive';
}
