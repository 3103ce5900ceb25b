import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { requireXapiScope } from '../xapi-scopes.js';
import { DocumentStore } from './document.store.js';
import { entityTagOf } from './document.js';
import type {
  DocumentAddress,
  DocumentContent,
  DocumentHead,
  DocumentIds,
  DocumentPlace,
  PersonalDocument,
  StoredDocument,
} from './document.js';
import { PreconditionFailed } from './document.errors.js';
import { contentMismatch, mergeDocuments, notPostable } from './json-document.js';
import { hasAny, hold } from './preconditions.js';
import type { Preconditions } from './preconditions.js';

/** What PUT without If-Match and If-None-Match does: replaces what is there, creates what is not, or neither. */
export type UnconditionalPut = 'REPLACES' | 'CREATES' | 'REFUSED';

/** What a change came to. */
type Changed = DocumentHead | ValidationFailed | Conflict | PreconditionFailed;

/**
 * State, activity profiles and agent profiles (Comm 2.2, 2.3, 2.6, 2.7). Every change of a document waits for those that are
 * under way before it compares entity tags (Comm 3.1): without it, two writers would take the same tag for the current one.
 *
 * Every method throws AccessDenied without the scope, except those for other modules.
 */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentStore,
  ) {}

  find(principal: Principal, address: DocumentAddress): Promise<StoredDocument | NotFound> {
    return this.read(principal, address, ({ organizationId }) => this.documents.find(organizationId, address));
  }

  /** The same without the content. */
  head(principal: Principal, address: DocumentAddress): Promise<DocumentHead | NotFound> {
    return this.read(principal, address, ({ organizationId }) => this.documents.head(organizationId, address));
  }

  /** @param since only ids of documents that were changed after this time */
  ids(principal: Principal, place: DocumentPlace, since?: Date): Promise<DocumentIds> {
    requireXapiScope(principal, resourceOf(place), 'read');
    return this.unitOfWork.read(principal.organizationId, () =>
      this.documents.ids(principal.organizationId, place, since),
    );
  }

  /**
   * Stores the document in the place of the one that is there.
   *
   * @param unconditionally what may be done without preconditions; a Conflict otherwise when there is a document, and
   *   ValidationFailed when there is none
   */
  put(
    principal: Principal,
    address: DocumentAddress,
    document: DocumentContent,
    preconditions: Preconditions,
    unconditionally: UnconditionalPut,
  ): Promise<Changed> {
    return this.change(principal, address, preconditions, async (existing) => {
      const missing = hasAny(preconditions) ? undefined : missingPrecondition(existing, unconditionally);
      return (
        missing ?? contentMismatch(document) ?? (await this.documents.save(principal.organizationId, address, document))
      );
    });
  }

  /** Merges the top-level members of a JSON object into the stored one, or stores it when there is none. */
  post(
    principal: Principal,
    address: DocumentAddress,
    document: DocumentContent,
    preconditions: Preconditions,
  ): Promise<Changed> {
    const { organizationId } = principal;
    return this.change(principal, address, preconditions, async (existing) => {
      const refusal = notPostable(document);
      if (refusal) return refusal;
      const merged = existing ? mergeDocuments(await this.contentOf(organizationId, address), document) : document;
      return merged instanceof ValidationFailed ? merged : this.documents.save(organizationId, address, merged);
    });
  }

  /** A document that is not there is as good as deleted. */
  delete(
    principal: Principal,
    address: DocumentAddress,
    preconditions: Preconditions,
  ): Promise<undefined | PreconditionFailed> {
    return this.change(principal, address, preconditions, async () => {
      await this.documents.delete(principal.organizationId, address);
      return undefined;
    });
  }

  /** @param preconditions on the entity tag of the list of their ids (9274.1.1 4.1.4) */
  async deleteAll(
    principal: Principal,
    place: DocumentPlace,
    preconditions: Preconditions,
  ): Promise<undefined | PreconditionFailed> {
    requireXapiScope(principal, resourceOf(place), 'write');
    const { organizationId } = principal;
    try {
      await this.unitOfWork.run(organizationId, async () => {
        // Compared is what was deleted: what others add or change meanwhile cannot come between the two.
        const { json } = await this.documents.deleteAll(organizationId, place);
        if (!hold(preconditions, entityTagOf(json))) throw new ListChanged();
      });
      return undefined;
    } catch (error) {
      if (error instanceof ListChanged) return new PreconditionFailed(error.message);
      throw error;
    }
  }

  /** For other modules: every document of a person, whoever asks. */
  ofAgent(organizationId: string, agentKey: string): Promise<PersonalDocument[]> {
    return this.unitOfWork.read(organizationId, () => this.documents.ofAgent(organizationId, agentKey));
  }

  /** For other modules: deletes every document of a person that was written before the time. @returns how many there were */
  deleteOfAgent(organizationId: string, agentKey: string, before: Date): Promise<number> {
    return this.unitOfWork.run(organizationId, () => this.documents.deleteOfAgent(organizationId, agentKey, before));
  }

  private async read<T>(
    principal: Principal,
    address: DocumentAddress,
    find: (principal: Principal) => Promise<T | undefined>,
  ): Promise<T | NotFound> {
    requireXapiScope(principal, resourceOf(address), 'read');
    const found = await this.unitOfWork.read(principal.organizationId, () => find(principal));
    return found ?? new NotFound('Document', address.id);
  }

  private change<T>(
    principal: Principal,
    address: DocumentAddress,
    preconditions: Preconditions,
    work: (existing: DocumentHead | undefined) => Promise<T>,
  ): Promise<T | PreconditionFailed> {
    requireXapiScope(principal, resourceOf(address), 'write');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      await this.documents.lock(organizationId, address);
      const existing = await this.documents.headForUpdate(organizationId, address);
      return hold(preconditions, existing?.etag) ? work(existing) : preconditionFailed(existing);
    });
  }

  private async contentOf(organizationId: string, address: DocumentAddress): Promise<DocumentContent> {
    const { contentType, pieces } = (await this.documents.find(organizationId, address))!;
    return { contentType, bytes: Buffer.concat(pieces) };
  }
}

const resourceOf = ({ agentKey, activityId }: DocumentPlace): 'state' | 'profile' =>
  agentKey !== undefined && activityId !== undefined ? 'state' : 'profile';

const HOW_TO_GO_ON = 'Read it again, and send its ETag as If-Match (Comm 3.1).';

/** Thrown, not returned: it takes the deletion back. */
class ListChanged extends Error {
  override readonly name = 'ListChanged';

  constructor() {
    super(`The list of ids has not the ETag that If-Match or If-None-Match asks for. ${HOW_TO_GO_ON}`);
  }
}

function missingPrecondition(
  existing: DocumentHead | undefined,
  unconditionally: UnconditionalPut,
): Conflict | ValidationFailed | undefined {
  if (unconditionally === 'REPLACES') return undefined;
  if (existing) return new Conflict(`There is a document already, with the ETag "${existing.etag}". ${HOW_TO_GO_ON}`);
  if (unconditionally === 'CREATES') return undefined;
  const message = 'PUT of a profile needs If-Match, or If-None-Match: * for a new one (Comm 3.1).';
  return new ValidationFailed([{ code: 'REQUIRED', message, path: [] }]);
}

const preconditionFailed = (existing: DocumentHead | undefined) =>
  new PreconditionFailed(
    existing
      ? `The document has the ETag "${existing.etag}", which is not what If-Match or If-None-Match asks for. ${HOW_TO_GO_ON}`
      : 'There is no such document, which is not what If-Match asks for (Comm 3.1).',
  );
