/**
 * The action ExchangeGmailAuthorizationCode: what the mailbox form sends once its user has signed in to Google. The
 * service exchanges the code for tokens (Microsoft Learn, "Connect to Gmail by using OAuth 2.0"); any code is as good
 * as another here.
 */

import { credential } from '../rules/profile-facts.ts';
import { requireAccess } from '../security/row-security.ts';
import { invalidArgument, noSuchOperation, notFound } from '../service-error.ts';
import { isGuid } from '../uuid.ts';
import { follow, patchRow } from '../world.ts';
import { parseObject } from '../writes/read-body.ts';
import { storeSecrets } from '../writes/store-secrets.ts';
import { noContent, type Operation, type Reply } from './operation.ts';

const action = 'ExchangeGmailAuthorizationCode';

export function gmailSignIn({ world, caller, method, body, origin }: Operation): Reply {
  if (method !== 'POST') throw noSuchOperation(`${origin}${action}`);
  const { AuthCode: code, MailboxId: id } = parseObject(body);
  if (typeof code !== 'string' || code === '') throw invalidArgument(`${action}: AuthCode is required.`);
  if (typeof id !== 'string' || !isGuid(id)) throw invalidArgument(`${action}: MailboxId must be an id.`);
  const table = world.tables.get('mailbox');
  const mailbox = world.store.get('mailbox', id.toLowerCase());
  if (table === undefined || mailbox === undefined) throw notFound('Mailbox', id);
  requireAccess(world, caller, table, mailbox, 'Write');
  const profile = follow(world, mailbox.emailserverprofile);
  if (profile?.incomingcredentialretrieval !== credential.gmail)
    throw invalidArgument(`${action}: the profile of the mailbox does not use Gmail OAuth.`);
  const tokens = { oauthaccesstoken: `access ${code}`, oauthrefreshtoken: `refresh ${code}` };
  patchRow(world, 'mailbox', mailbox, storeSecrets(tokens), caller.user);
  return noContent;
}
