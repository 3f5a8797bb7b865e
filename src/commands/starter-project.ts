/** The files of a starter project, as people get to read them. */

const CONFIG = `# What should be true of the mailboxes of your environments. Change it, then:
#   mailboxctl validate    checks this file
#   mailboxctl plan        compares it with the environment and shows what would be done; changes nothing
#   mailboxctl apply       does that, after you said yes
# For completion in an editor, write the schema once with "mailboxctl schema > config.schema.json" and begin this
# file with the line
#   # yaml-language-server: $schema=config.schema.json
version: 1

environments:
  # The embedded Dataverse: no tenant and no sign-in needed. Its state is kept under .mailboxctl/; delete that folder
  # to start afresh. Who and what is in it stands in organization.yaml.
  local:
    url: emulator
    data: organization.yaml

  # A real one. Then name the environment in each command: mailboxctl plan --env production
  # production:
  #   url: https://YOUR-ENVIRONMENT.crm4.dynamics.com
  #   organizationId: 00000000-0000-0000-0000-000000000000   # of WhoAmI; any other organization is refused
  #   purpose: production
  #   approvals: hand-off   # approvals are listed for a person who may give them, instead of being written
  #   tests: { perRun: 200, timeout: 15m, retestAfter: 24h }

# More files, if this one grows too long: include: [config/**/*.yaml]

serverProfiles:
  # Environments with Exchange Online in their tenant come with this profile.
  - name: Microsoft Exchange Online
    type: exchange-online

emailSettings:
  # What mailboxes of new users and queues start with.
  newMailboxes:
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: server-side-sync
    appointmentsContactsTasks: server-side-sync
  # Mail moves only after somebody vouched for the address.
  onlyApproved: { users: true, queues: true }

# Many mailboxes at once. Only what is written here or below is managed; everything else is left alone.
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    applyDefaultEmailSettings: true
    approved: true
    testAndEnable: true   # a test sends one real message from the mailbox to itself

# Single mailboxes; they are stronger than rules.
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com   # an approval vouches for this address, not for the queue
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: server-side-sync
    appointmentsContactsTasks: none
    approved: true
    testAndEnable: true
`;

const ORGANIZATION = `# The environment that the embedded Dataverse starts with. Its schema: mailboxctl schema organization
version: 1
organizationId: 00000000-0000-4000-8000-000000000001
name: Starter

users:
  # Approved and tested with success some weeks ago.
  - { signIn: alice@contoso.com, name: Alice Berg, works: true }
  # Joined this week: nobody approved or tested the mailbox yet.
  - { signIn: chen@contoso.com, name: 陈伟 }
  # The mail server refuses this account; see mailServers.
  - { signIn: zoe@contoso.com, name: Zoë Linde }

queues:
  # A letter is missing in the address.
  - { name: Support, emailAddress: suport@contoso.com }

# What the mail servers answer to a test; without an entry it succeeds.
mailServers:
  - { emailAddress: zoe@contoso.com, incoming: permanent:8005E272 }
`;

const GITIGNORE = `# Journals of runs, and the state of the embedded Dataverse.
.mailboxctl/
`;

/** Path and text of each file, in the order in which they are written. */
export const STARTER_FILES: readonly (readonly [name: string, text: string])[] = [
  ['mailboxctl.yaml', CONFIG],
  ['organization.yaml', ORGANIZATION],
  ['.gitignore', GITIGNORE],
];
