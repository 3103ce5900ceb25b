import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { AttachmentErasure } from '../attachments/attachment-erasure.js';
import type { AttachmentLink } from '../attachments/attachment.store.js';
import { attachmentsOf, sha2Of, SIGNATURE } from '../attachments/attachment.js';
import { pseudonymised } from '../xapi/erasure/pseudonymise.js';
import type { Replacements } from '../xapi/erasure/pseudonymise.js';
import { identifierOf } from '../xapi/identity.js';
import { isSubStatement } from '../xapi/statement.js';
import type { Actor, Statement } from '../xapi/statement.js';
import { termsOf } from '../xapi/terms.js';
import { ErasureSteps } from './erasure-steps.js';
import type { ErasureBatch, ErasureCounts, ErasureStep } from './erasure-steps.js';
import { keysOf, replacementsOf } from './person-to-erase.js';
import type { PersonToErase } from './person-to-erase.js';
import { StatementErasureStore } from './statement-erasure.store.js';
import type { ErasedStatement, StatementText, TermRow } from './statement-erasure.store.js';

const STATEMENTS_AT_ONCE = 100;

/** What becomes of one statement. */
interface Change extends StatementText {
  readonly removed: readonly TermRow[];
  readonly added: readonly TermRow[];
  /** Whose bytes go. */
  readonly attachments: readonly AttachmentLink[];
}

/**
 * Puts pseudonyms in the place of the person wherever statements name them, and removes what was attached: everything to
 * statements whose actor the person is, and signatures of any statement that names them, since those hold its whole text.
 */
@Injectable()
export class StatementErasure implements ErasureStep, OnModuleInit {
  readonly name = 'statements';
  readonly phase = 'STATEMENTS';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: StatementErasureStore,
    private readonly attachments: AttachmentErasure,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const { organizationId, before } = person;
    const keys = keysOf(person).map(({ agent }) => agent);
    let attachments = 0;
    let after = '0';
    for (;;) {
      const page = await this.store.naming(organizationId, keys, { after, before }, STATEMENTS_AT_ONCE);
      if (page.length === 0) break;
      attachments += await this.countAttachments(person, page);
      after = page.at(-1)!.position;
    }
    return { statements: await this.store.countNaming(organizationId, keys, before), attachments };
  }

  async erase(person: PersonToErase, after = '0'): Promise<ErasureBatch> {
    const { organizationId, before } = person;
    const keys = keysOf(person).map(({ agent }) => agent);
    const found = await this.store.naming(organizationId, keys, { after, before }, STATEMENTS_AT_ONCE);
    if (found.length === 0) return { counts: {}, next: undefined };
    const locked = await this.store.lock(
      organizationId,
      found.map(({ position }) => position),
    );
    const replacements = replacementsOf(person);
    const changes = locked.flatMap((statement) => changeOf(statement, replacements) ?? []);
    await this.store.rewrite(organizationId, changes);
    await this.store.replaceTerms(
      organizationId,
      changes.flatMap(({ removed }) => removed),
      changes.flatMap(({ added }) => added),
    );
    const removed = await this.attachments.unlink(
      organizationId,
      changes.flatMap(({ attachments }) => attachments),
    );
    return {
      counts: { statements: changes.length, attachments: removed },
      next: found.at(-1)!.position,
    };
  }

  finish(organizationId: string): Promise<void> {
    return this.attachments.removeBytes(organizationId);
  }

  private async countAttachments(person: PersonToErase, page: readonly ErasedStatement[]): Promise<number> {
    const { organizationId } = person;
    const positions = page.map(({ position }) => position);
    const linked = await this.attachments.linked(organizationId, positions);
    if (linked.length === 0) return 0;
    const statements = await this.store.read(organizationId, [...new Set(linked.map(({ position }) => position))]);
    const there = new Set(linked.map(({ position, sha2 }) => `${position} ${sha2}`));
    const removed = linksToRemove(statements, replacementsOf(person));
    return new Set(removed.map(({ position, sha2 }) => `${position} ${sha2}`).filter((link) => there.has(link))).size;
  }
}

/** Undefined when the statement does not name the person any more. */
function changeOf({ position, text }: StatementText, replacements: Replacements): Change | undefined {
  const rewritten = pseudonymised(text, replacements);
  if (rewritten === text) return undefined;
  const before = rowsOf(position, text);
  const after = rowsOf(position, rewritten);
  return {
    position,
    text: rewritten,
    removed: [...before].flatMap(([key, row]) => (after.has(key) ? [] : [row])),
    added: [...after].flatMap(([key, row]) => (before.has(key) ? [] : [row])),
    attachments: linksToRemove([{ position, text }], replacements),
  };
}

function rowsOf(position: string, text: string): Map<string, TermRow> {
  const statement = JSON.parse(text) as Statement;
  const terms = termsOf(statement, statement.authority!);
  return new Map([...terms].map(([key, narrow]) => [key, { position, key, narrow }]));
}

/** Everything that is attached to what the person has said, and signatures. */
function linksToRemove(statements: readonly StatementText[], replacements: Replacements): AttachmentLink[] {
  return statements.flatMap(({ position, text }) => {
    const statement = JSON.parse(text) as Statement;
    const isOwn = (actor: Actor) => replacements.has(identifierOf(actor) ?? '');
    const own = isOwn(statement.actor);
    const nested = isSubStatement(statement.object) && isOwn(statement.object.actor);
    return attachmentsOf(statement)
      .filter((placed) => own || (placed.nested && nested) || placed.attachment.usageType === SIGNATURE)
      .map(({ attachment }) => ({ position, sha2: sha2Of(attachment) }));
  });
}
