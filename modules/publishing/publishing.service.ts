import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import {
  Conflict,
  NotFound,
  RevisionConflict,
  UserError,
  ValidationFailed,
  type Problem,
} from '../../src/platform/errors.js';
import { Idempotency } from '../../src/platform/graphql/idempotency/idempotency.js';
import { AssetsService, type Asset } from '../assets/index.js';
import { validate } from './checks/index.js';
import { compareDocuments, type ElementChange } from './compare.js';
import type { CourseVersion, PublishedCourse } from './course-version.js';
import { CourseVersionStore } from './course-version.store.js';
import type { DraftCourse } from './draft.js';
import { DraftReader } from './draft-reader.js';
import { assetIdsOf, freeze, type UnnumberedDocument } from './freeze.js';

/** A version, and whether publishing made it: a draft that has not changed since the latest version makes none. */
export interface Publication {
  readonly version: CourseVersion;
  readonly created: boolean;
}

export interface PublishRequest {
  readonly courseId: string;
  /** The tree's revision that was reviewed; another one is not published. */
  readonly expectedTreeRevision?: number | undefined;
  readonly notes?: string | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Validating drafts, freezing them into versions, reading and comparing versions. */
@Injectable()
export class PublishingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: DraftReader,
    private readonly assets: AssetsService,
    private readonly versions: CourseVersionStore,
    private readonly idempotency: Idempotency,
  ) {}

  /** Everything that stands against publishing the draft as it is; an empty list means that it can be published. */
  validate(principal: Principal, courseId: string): Promise<Problem[] | NotFound> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, async () => {
      const draft = await this.drafts.read(principal.organizationId, courseId);
      return draft instanceof UserError ? draft : this.check(principal.organizationId, draft);
    });
  }

  /** Freezes the draft into the next version. Warnings do not stop it, errors do. */
  publish(
    principal: Principal,
    request: PublishRequest,
  ): Promise<Publication | NotFound | RevisionConflict | Conflict | ValidationFailed> {
    requireScope(principal, 'publish');
    const { idempotencyKey, ...input } = request;
    return this.idempotency.run(principal, idempotencyKey, 'publishCourse', input, () =>
      this.publishNow(principal.organizationId, input),
    );
  }

  list(principal: Principal, courseId: string, request: PageRequest): Promise<Page<CourseVersion> | ValidationFailed> {
    return this.unitOfWork.read(principal.organizationId, () => this.versions.page(courseId, request));
  }

  count(principal: Principal, courseId: string): Promise<number> {
    return this.unitOfWork.read(principal.organizationId, () => this.versions.count(courseId));
  }

  /** The versions among the ids that the organization has, without their documents, in no order. */
  byIds(organizationId: string, ids: readonly string[]): Promise<CourseVersion[]> {
    return this.unitOfWork.read(organizationId, () => this.versions.byIds(ids));
  }

  /** A version with its document. */
  version(principal: Principal, id: string): Promise<PublishedCourse | NotFound> {
    return this.published(principal.organizationId, id);
  }

  /** The same for jobs, which act for an organization and not for a key. */
  published(organizationId: string, id: string): Promise<PublishedCourse | NotFound> {
    return this.unitOfWork.read(
      organizationId,
      async () => (await this.versions.published(id)) ?? new NotFound('Version', id, ['id']),
    );
  }

  /** What differs from one version to another, or to the draft as it is. */
  compare(
    principal: Principal,
    fromId: string,
    toId: string | undefined,
  ): Promise<ElementChange[] | NotFound | ValidationFailed> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, async () => {
      const from = await this.versions.published(fromId);
      if (from === undefined) return new NotFound('Version', fromId, ['fromVersionId']);
      const to = toId === undefined ? await this.frozenDraft(principal, from) : await this.versions.published(toId);
      if (to === undefined) return new NotFound('Version', toId ?? '', ['toVersionId']);
      if (to instanceof UserError) return to;
      if (to.document.id !== from.courseId) {
        return new ValidationFailed([
          {
            code: 'OTHER_COURSE',
            message: 'The versions are of two courses.',
            path: ['toVersionId'],
            severity: 'ERROR',
            hint: 'Compare versions of one course.',
          },
        ]);
      }
      return compareDocuments(from.document, to.document);
    });
  }

  private async publishNow(
    organizationId: string,
    { courseId, expectedTreeRevision, notes }: PublishRequest,
  ): Promise<Publication | NotFound | RevisionConflict | ValidationFailed> {
    await this.versions.lockCourse(courseId);
    const draft = await this.drafts.read(organizationId, courseId);
    if (draft instanceof UserError) return draft;
    if (expectedTreeRevision !== undefined && expectedTreeRevision !== draft.treeRevision) {
      return new RevisionConflict(draft.treeRevision, ['expectedTreeRevision']);
    }
    const assets = await this.assetsOf(organizationId, draft);
    const previousSlots = await this.versions.latestSlots(courseId);
    const problems = validate(draft, { assets, previousSlots });
    if (problems.some(({ severity }) => severity !== 'WARNING')) return new ValidationFailed(problems);
    return this.number(freeze(draft, [...assets.values()], previousSlots), notes);
  }

  private async frozenDraft(principal: Principal, from: PublishedCourse) {
    const draft = await this.drafts.read(principal.organizationId, from.courseId);
    if (draft instanceof UserError) return draft;
    return {
      document: freeze(
        draft,
        [...(await this.assetsOf(principal.organizationId, draft)).values()],
        from.document.slots,
      ),
    };
  }

  private async check(organizationId: string, draft: DraftCourse): Promise<Problem[]> {
    const assets = await this.assetsOf(organizationId, draft);
    return validate(draft, { assets, previousSlots: await this.versions.latestSlots(draft.id) });
  }

  private async number(document: UnnumberedDocument, notes: string | undefined): Promise<Publication> {
    const latest = await this.versions.latest(document.id);
    if (latest?.contentHash === document.contentHash) return { version: latest, created: false };
    const number = (latest?.number ?? 0) + 1;
    const version = await this.versions.insert({ id: uuidV7(), notes, document: { ...document, version: number } });
    return { version, created: true };
  }

  private async assetsOf(organizationId: string, draft: DraftCourse): Promise<Map<string, Asset>> {
    const assets = await this.assets.byIds(organizationId, assetIdsOf(draft));
    return new Map(assets.map((asset) => [asset.id, asset]));
  }
}
