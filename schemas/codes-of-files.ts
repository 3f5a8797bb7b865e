/** What the codes of problems in the files mean: reading them, YAML, schema, rules. Hand-written; the page is codes.md. */

import type { DiagnosticCode } from '../src/model/diagnostic.ts';
import type { Explanation } from './codes.ts';

type Codes = Partial<Record<DiagnosticCode, Explanation>>;

export const OF_READING = {
  'file-unreadable': [
    'A file of the project is there and cannot be read.',
    'What stands in it is part of the configuration; a plan without it would take things back.',
    'Check that it is a file and that the account that runs `mailboxctl` may read it.',
  ],
  'file-not-found': [
    'A file that the project names is not there, or there is no `mailboxctl.yaml` in the folder or above it.',
    'A part of the configuration would silently be missing.',
    'Correct the path – it is relative to the folder of `mailboxctl.yaml` –, or start a project with `mailboxctl init`.',
  ],
  'not-utf8': [
    'A file is saved in another encoding than UTF-8.',
    'Names with letters beyond ASCII would not be those of the environment.',
    'Save it again with the encoding UTF-8.',
  ],
  'include-empty': [
    'A pattern below `include` matches no file.',
    'What it was to bring in is not part of the configuration.',
    'Correct the pattern, which is relative to `mailboxctl.yaml`: `**` stands for any folders. Hidden folders and `node_modules` are not looked at.',
  ],
  'yaml-syntax': [
    'The text is not YAML.',
    'Nothing of the file can be used, so nothing is planned.',
    'Mend the marked line. Often an item is indented otherwise than its neighbours, or a text with `: ` or `#` in it needs quotes.',
  ],
  'yaml-tab': [
    'A line is indented with a tab.',
    'YAML allows spaces only.',
    'Replace the tab with spaces, and have the editor do so by itself.',
  ],
  'yaml-several-documents': [
    'A line `---` begins a second document in one file.',
    'Only one document of a file would be read.',
    'Move the second one to a file of its own, or remove the line.',
  ],
  'yaml-duplicate-key': [
    'One key stands twice in the same mapping.',
    'YAML would let one of the two win, and readers would believe the other.',
    'Keep one of the two.',
  ],
  'yaml-alias': [
    'An alias has no anchor before it, or the aliases of the file stand for far more values than anybody wrote.',
    'The first is mostly a text that begins with `*`; the second could fill the memory.',
    'Put text in quotes; write values out, or let a rule set them for many mailboxes.',
  ],
  'yaml-unquoted-star': [
    'A value begins with `*` and has no quotes.',
    'YAML takes it for an alias, not for a pattern.',
    'Put it in quotes: `"*@contoso.com"`.',
  ],
  'yaml-tag': [
    'A value begins with `!`.',
    'Tags of YAML are not supported; nothing would give them a meaning.',
    'Remove the tag. A secret is written as `{ env: NAME }`, `{ file: PATH }` or `{ keyVault: URL }`.',
  ],
  'yaml-merge-key': [
    'A mapping uses the merge key `<<`.',
    'Editors and readers disagree on what it does, so it is not supported.',
    'Write the keys out, or let a rule set them for many mailboxes.',
  ],
} satisfies Codes;

export const OF_SCHEMA = {
  'unknown-key': [
    'A key is not known at its place.',
    'It would have no effect, and whoever wrote it would believe that it had.',
    'Correct the spelling – the message names what was probably meant – or move it to where it belongs. An editor with `config.schema.json` completes keys.',
  ],
  'missing-key': [
    'A key that is always required is not written.',
    'Without it nobody can say what is meant.',
    'Write the key that the message names.',
  ],
  'wrong-type': [
    'A value is of another sort than the key takes: a text for a number, a single value for a list.',
    'It cannot be compared with what the environment holds.',
    'Write it as the message says.',
  ],
  'wrong-value': [
    'A value is none of those that are possible.',
    'The service would refuse it, or mean something else by it.',
    'Use one of the values that the message lists.',
  ],
  'empty-value': [
    'A key has no value, or a file has no content.',
    'Empty could mean "none", "the default" or "forgotten".',
    'Write the value, or remove the key: what is not written is not managed.',
  ],
  'name-not-text': [
    'A name is written without quotes, and YAML reads it as a number, a date or a truth value.',
    'The name `007` would become 7, and `no` would become false.',
    'Put the name in quotes.',
  ],
  'secret-in-text': [
    'A secret stands in the file itself, or what stands there can hardly be anything else.',
    'Whoever reads the repository, now or in its history, would have it.',
    'Write a reference – `{ env: NAME }`, `{ file: PATH }` or `{ keyVault: URL }` –, and change the secret if it was ever committed.',
  ],
  'out-of-range': [
    'A number, a duration or the length of a text is beyond what the service takes.',
    'The service would refuse the whole record.',
    'Write a value within the limits that the message names.',
  ],
  'overlay-hits-nothing': [
    'An overlay changes or takes back something that the base does not declare.',
    'It is probably a name that is spelt otherwise, so that the environment keeps what it was to lose.',
    'Correct the name. To declare something for this environment alone, write the whole item.',
  ],
  'list-entry-unrecognized': [
    'A line of a list file is no sign-in name, e-mail address or queue name.',
    'It would match nobody.',
    'Write one name a line; patterns belong into the `match` of the rule.',
  ],
} satisfies Codes;

export const OF_RULES = {
  'duplicate-item': [
    'One thing is declared twice in the same layer, or once by its name and once by its id.',
    'Nobody could say which of the two holds.',
    'Make one item of the two.',
  ],
  'duplicate-environment': [
    'Two environments have one address, one organization or one data file.',
    'Each run would undo what the other has done.',
    'Give each its own, or make one environment of the two.',
  ],
  'unknown-reference': [
    'A server profile is referred to that these files do not declare.',
    'It is looked up in the environment; a name that is nearly one of the declared is told as a warning.',
    'Correct the name, or declare the profile to manage it as well.',
  ],
  'rule-sets-identity': [
    'A rule sets what belongs to one mailbox alone: its e-mail address, name, id or credentials.',
    'All mailboxes that it covers would get the same.',
    'Write it in the item of the mailbox.',
  ],
  'rule-matches-managed-field': [
    'A rule matches on a field that rules can set.',
    'What it sets would change whom it matches: the environment would never come to rest.',
    'Match on who a mailbox belongs to: sign-in name, e-mail address, business unit, team, security role, queue.',
  ],
  'rule-cannot-approve': [
    'A rule with `approved: true` can approve nobody: its match names no e-mail addresses, or it covers queues alone.',
    'An approval vouches for an address; else whoever edits the address of a queue would have another inbox approved.',
    'Give the match an `emailAddress` pattern with the domains that may be approved, and approve each queue in its own item.',
  ],
  'rule-matches-nothing': [
    'A rule covers no mailbox: its match contradicts itself, or nobody in the environment fits.',
    'What it is there for does not happen, and nothing else would say so.',
    'Look at the names in the match; the hint has those that are close. Disabled people and personal queues are reached only by `include`.',
  ],
  'rule-conflict': [
    'Rules of two files cover a mailbox and disagree on a field.',
    'Between files there is no order, so that none of the two wins.',
    'Put both into one file, where the later one wins, make their matches differ, or settle the field in the item of the mailbox.',
  ],
  'rule-without-effect': [
    'A later rule of the same file covers everybody whom this one covers, and sets the same fields otherwise.',
    'The rule does nothing.',
    'Put the general rule first and its exceptions below it.',
  ],
  'address-unrecognized': [
    'What stands as an e-mail address, or as a pattern of one, is none.',
    'No mail could reach it, and no pattern would fit.',
    'Write an address such as `support@contoso.com`, or a pattern such as `"*@contoso.com"`.',
  ],
  'credentials-incomplete': [
    'Credentials have a user name and no password, or a password and no user name.',
    'The service needs both; a test ends with 0x8005E209.',
    'Write `{ username: …, password: { env: NAME } }`.',
  ],
  'credentials-not-used': [
    'A mailbox has credentials, and its server profile signs in another way.',
    'They would be written and never used, and somebody would keep them up to date for nothing.',
    'Remove them, or use a profile with `authentication: user-or-queue`.',
  ],
  'credentials-missing': [
    'A server profile signs in with the credentials of each mailbox, and a mailbox has none.',
    'Its tests fail with 0x8005E229 or 0x8005E209.',
    'Write `credentials` into the single item of the mailbox.',
  ],
  'method-not-for-queue': [
    'A queue gets the method `outlook`.',
    'A queue has no Outlook; the service answers 0x8005E210.',
    'Write `server-side-sync` or `none`, or limit the rule to `mailboxOf: user`.',
  ],
  'method-not-for-forward': [
    'A forward mailbox gets a method that it cannot have.',
    'It only takes in mail; the service refuses everything else.',
    'Write what the hint allows for that direction.',
  ],
  'type-forbids-field': [
    'A server profile has a field that its type, or another of its fields, rules out.',
    'The service refuses the record, or passes over the field.',
    'Remove the field, or change the one that the message names.',
  ],
  'type-requires-field': [
    'A server profile lacks a field that its type requires.',
    'The service refuses the record.',
    'Write the field.',
  ],
  'type-forbids-authentication': [
    'A server profile signs in by a way that its type does not have.',
    'No mailbox of it would work.',
    'Use one of the ways that the message lists.',
  ],
  'authentication-ended': [
    'A server profile signs in by a way that the mail provider has switched off.',
    'Every test with it fails.',
    'Use the way that the hint names.',
  ],
  'type-forbids-appointments': [
    'Appointments, contacts and tasks are to synchronize with a server profile that only moves mail.',
    'Only Exchange synchronizes them; the service answers 0x8005E247.',
    'Write `appointmentsContactsTasks: none`, or use an Exchange profile.',
  ],
  'ssl-required': [
    'A server profile connects without SSL.',
    'Dynamics 365 online connects with SSL/TLS only, and passwords would go in clear text.',
    'Write `ssl: true`.',
  ],
  'location-ssl-disagree': [
    'The address of a server says `http` or `https`, and `ssl` the opposite.',
    'The service refuses the record.',
    'Make both say the same; only `https` with `ssl: true` works online.',
  ],
  'approval-needs-address': [
    'A mailbox is to be approved, and nothing in the files vouches for the e-mail address that it has.',
    'An approval vouches for an address, not for a record: whoever can edit the record could have another inbox approved.',
    'If the address is right, write it as `emailAddress` into the single item beside `approved: true`. For people an address equal to the sign-in name is enough.',
  ],
  'nothing-to-test': [
    '`testAndEnable` is true, and there is nothing to test: no direction uses server-side synchronization, or the mailbox is inactive.',
    'The mailbox will not move mail, whatever the line says.',
    'Write `server-side-sync` for a direction or `state: active`, or remove `testAndEnable`.',
  ],
  'test-needs-approval': [
    '`testAndEnable` is true and `approved` is false.',
    'While the environment requires approval the test is held back; it would end with 0x8005E220.',
    'Write `approved: true`, or `testAndEnable: false`.',
  ],
  'profile-inactive': [
    'A mailbox is to be tested with a server profile that is inactive. The same word says why a test is held back.',
    'A test would end with 0x8005E228.',
    'Write `state: active` in the profile, or give the mailbox another one.',
  ],
  'field-not-for-sort': [
    'A field is set that mailboxes of this sort – user, queue or forward – do not have.',
    'The service refuses it, or keeps it without an effect.',
    'Remove it, or limit the rule with `mailboxOf`.',
  ],
  'secret-unresolvable': [
    'A reference to a secret leads to nothing: the variable is not set, the file is not there, the vault does not answer.',
    'Every secret is looked up before the first write, so that a run does not stop half-way.',
    'Set the variable, write the file, or give the account access to the vault.',
  ],
  'secret-too-short': [
    'A secret has less than six characters.',
    'It could not be told from other text, and so not be kept out of logs.',
    'Use a longer secret.',
  ],
  'insecure-url': [
    'The address of an environment is plain `http`.',
    'The token would go over the network in clear text.',
    'Write `https`; plain `http` is for addresses of this machine.',
  ],
  'purpose-missing': [
    'A real environment does not say what it is for.',
    'What is careful differs: outside production a test could take mail away from production.',
    'Write `purpose: production` or `purpose: non-production`.',
  ],
  'ceiling-silences-everything': [
    'The mail ceiling of an environment fits no address of the configuration.',
    'Nothing moves mail there; probably a domain is misspelt.',
    'Correct `mail.allow`, or write `allow: []` if silence is meant.',
  ],
  'ceiling-passed-over': [
    'A mailbox is outside the mail ceiling and has `managed: false`, which goes before the ceiling.',
    'If it moves mail, it goes on doing so.',
    'Remove `managed: false` if it is not meant to move mail in this environment.',
  ],
  'address-in-two-environments': [
    'Two environments synchronize the same e-mail address.',
    'Exchange synchronizes a mailbox with one of them, the one that was tested last; in the other it stops without an alert.',
    'Leave it out of one environment, by its overlay or by the mail ceiling.',
  ],
  'list-entry-matches-nothing': [
    'A line of a list file names nobody in the environment.',
    'The person may be gone, or the line misspelt, and the rule does not cover whom it was written for.',
    'Correct the line, or remove it.',
  ],
  'item-covered-by-rule': [
    'A single item says nothing that a rule does not say already.',
    'It changes nothing now, and goes its own way once the rule changes.',
    'Remove it, or keep it on purpose: items hold for mailboxes that rules do not reach, too.',
  ],
  'absent-with-fields': [
    'An item with `absent: true` has other fields.',
    'A record that is deleted has none.',
    'Keep the name and `absent` alone, or remove `absent`.',
  ],
  'absent-not-possible': [
    'Something is to be deleted that cannot be: the mailbox of a user or queue, or a server profile that is still referred to.',
    'Mailboxes of users and queues come and go with them; a profile in use is not deleted.',
    'Write `state: inactive` for a mailbox; let whatever uses the profile use another one first.',
  ],
  'rename-unclear': [
    '`renamedFrom` does not lead to one record: it is the name that the item has, another item has that name, or two items claim it.',
    'One record would get two names, or the wrong record a new one.',
    'Keep one of the two, or remove `renamedFrom`.',
  ],
  'port-not-in-cloud': [
    'A server profile uses a port that the cloud of the environment does not connect to.',
    'No test would succeed.',
    'Use one of the ports that the message lists.',
  ],
  'server-unrecognized': [
    'The server of a profile is not written as its type wants it: a host name, or a web address.',
    'The service refuses it.',
    'Write it as in the hint.',
  ],
  'protocol-not-possible': [
    'A server profile has a protocol for signing in that its type or its authentication does not use.',
    'The service refuses it or passes over it.',
    'Remove `protocol`, or use one that the message lists.',
  ],
  'date-without-effect': [
    'A mailbox processes mail from a time that is earlier than that of its server profile.',
    'The later one counts.',
    'Write a later time here, or an earlier one in the profile.',
  ],
  'primary-org-not-production': [
    '`syncFromThisOrganizationOnly` is true in an environment that is not production.',
    'It would take the mailbox away from production.',
    'Write it for production alone; `null` in an overlay takes it back.',
  ],
  'primary-org-needs-test': [
    '`syncFromThisOrganizationOnly` is true and `testAndEnable` is not.',
    'The service writes it together with a test only.',
    'Write `testAndEnable: true` beside it.',
  ],
  'deletes-mail': [
    'A rule turns `deleteEmailsAfterProcessing` on for every queue that it covers.',
    'What is processed is gone from the mail server, also for queues that are made later.',
    'Write it in the items of the queues that are meant.',
  ],
  'upload-limit-doubtful': [
    'The size for attachments is more than the API documents, although the admin center offers it.',
    'The service may refuse it.',
    'Write at most the documented size, or look whether it is taken.',
  ],
  'gmail-user-limit': [
    'More mailboxes use a Gmail profile than one application registration serves.',
    'Those beyond the limit cannot sign in.',
    'Give them a second profile with a registration of its own.',
  ],
  'forward-mailbox-missing': [
    'Mailboxes take in mail by a forward mailbox, and none is active.',
    'No mail arrives, and nothing fails.',
    'Declare one (`forward: NAME` below `mailboxes`), or use `server-side-sync`.',
  ],
  'check-unknown': [
    '`checks` switches off a best practice that does not exist.',
    'The one that was meant is still told.',
    'Correct the name; the reference lists all of them.',
  ],
} satisfies Codes;
