/**
 * A mailbox as rules look at it: what it is and whom it belongs to, in the form in which texts are compared. Made
 * once for each mailbox, however many rules there are.
 */

import type { MailboxFacts } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';

export interface Identity {
  readonly facts: MailboxFacts;
  readonly name: string;
  readonly signIn: string | null;
  readonly emailAddress: string | null;
  /** Of the owner's unit and those above it, nearest first. */
  readonly businessUnits: readonly string[];
  readonly teams: readonly string[];
  readonly securityRoles: readonly string[];
}

/** Rules match the e-mail address as declared where an item declares it. */
export function identityOf(facts: MailboxFacts, declaredAddress: string | null = null): Identity {
  const emailAddress = declaredAddress ?? facts.emailAddress;
  return {
    facts,
    name: foldText(facts.name),
    signIn: facts.signIn === null ? null : foldText(facts.signIn),
    emailAddress: emailAddress === null ? null : foldText(emailAddress),
    businessUnits: facts.businessUnits.map(foldText),
    teams: facts.teams.map(foldText),
    securityRoles: facts.securityRoles.map(foldText),
  };
}

/** The texts by which a list file or an exception may name a mailbox. */
export function namesOf({ facts, name, signIn, emailAddress }: Identity): readonly string[] {
  const own = facts.sort === 'queue' ? name : null;
  return [own, signIn, emailAddress].filter((text) => text !== null);
}
