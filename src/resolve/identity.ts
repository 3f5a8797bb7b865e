/**
 * A mailbox as rules look at it: what it is and whom it belongs to, in the form in which texts are compared. Each text
 * is made when a rule first looks at it, and once, however many rules there are.
 */

import type { MailboxFacts } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';

export class Identity {
  readonly facts: MailboxFacts;
  readonly #address: string | null;
  #name: string | undefined;
  #signIn: string | null | undefined;
  #emailAddress: string | null | undefined;
  #businessUnits: readonly string[] | undefined;
  #teams: readonly string[] | undefined;
  #securityRoles: readonly string[] | undefined;

  /** Rules match the e-mail address as declared where an item declares it. */
  constructor(facts: MailboxFacts, declaredAddress: string | null = null) {
    this.facts = facts;
    this.#address = declaredAddress ?? facts.emailAddress;
  }

  get name(): string {
    this.#name ??= foldText(this.facts.name);
    return this.#name;
  }

  get signIn(): string | null {
    if (this.#signIn === undefined) this.#signIn = folded(this.facts.signIn);
    return this.#signIn;
  }

  get emailAddress(): string | null {
    if (this.#emailAddress === undefined) this.#emailAddress = folded(this.#address);
    return this.#emailAddress;
  }

  /** Of the owner's unit and those above it, nearest first. */
  get businessUnits(): readonly string[] {
    this.#businessUnits ??= this.facts.businessUnits.map(foldText);
    return this.#businessUnits;
  }

  get teams(): readonly string[] {
    this.#teams ??= this.facts.teams.map(foldText);
    return this.#teams;
  }

  get securityRoles(): readonly string[] {
    this.#securityRoles ??= this.facts.securityRoles.map(foldText);
    return this.#securityRoles;
  }
}

function folded(text: string | null): string | null {
  return text === null ? null : foldText(text);
}

/** The texts by which a list file or an exception may name a mailbox. */
export function namesOf(identity: Identity): readonly string[] {
  const own = identity.facts.sort === 'queue' ? identity.name : null;
  return [own, identity.signIn, identity.emailAddress].filter((text) => text !== null);
}
