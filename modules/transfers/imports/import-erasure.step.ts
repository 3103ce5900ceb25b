import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps, hasTraceOf, keyOfAgent, keysOf } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import { ImportErasureStore } from './import-erasure.store.js';
import type { ImportTexts, RefusalTexts } from './import-erasure.store.js';

const AT_ONCE = 500;

/**
 * An import that was handed over before is let finish first, so that its file, which goes at its end, brings nobody back.
 * Then names of files, reasons of refusals and users of tokens that tell who the person is go.
 */
@Injectable()
export class ImportErasure implements ErasureStep, OnModuleInit {
  readonly name = 'statement imports';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: ImportErasureStore,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  isWaiting(organizationId: string, handedOverBefore: Date): Promise<boolean> {
    return this.store.hasOpen(organizationId, handedOverBefore);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    let imports = 0;
    for (let after: string | undefined; ;) {
      const page: ImportTexts[] = await this.store.imports(person.organizationId, after, AT_ONCE);
      imports += page.flatMap((one) => withoutPerson(one, person) ?? []).length;
      after = page.at(-1)?.id;
      if (after === undefined) return { imports };
    }
  }

  async erase(person: PersonToErase, after = 'imports'): Promise<ErasureBatch> {
    const [part, ...place] = after.split(' ');
    return part === 'imports' ? this.eraseImports(person, place[0]) : this.eraseRefusals(person, place);
  }

  private async eraseImports(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId } = person;
    const page = await this.store.imports(organizationId, after, AT_ONCE);
    const changed = page.flatMap((one) => withoutPerson(one, person) ?? []);
    for (const one of changed) await this.store.rewrite(organizationId, one);
    const last = page.at(-1);
    return { counts: { imports: changed.length }, next: last ? `imports ${last.id}` : 'refusals' };
  }

  private async eraseRefusals(person: PersonToErase, [importId, line]: readonly string[]): Promise<ErasureBatch> {
    const { organizationId } = person;
    const after = importId === undefined ? undefined : { importId, line: line! };
    const page: RefusalTexts[] = await this.store.refusals(organizationId, after, AT_ONCE);
    const told = page.filter(({ text }) => hasTraceOf(person, text));
    await this.store.clearRefusals(organizationId, told);
    const last = page.at(-1);
    return { counts: { importRefusals: told.length }, next: last && `refusals ${last.importId} ${last.line}` };
  }
}

/** Undefined when it does not tell who the person is. */
function withoutPerson({ id, fileName, importer, error }: ImportTexts, person: PersonToErase): ImportTexts | undefined {
  const own = new Set(keysOf(person).map(({ agent }) => agent));
  const { token } = importer;
  const isImporter = token?.user && own.has(keyOfAgent({ account: { homePage: token.issuer, name: token.user.id } }));
  const inName = fileName !== null && hasTraceOf(person, fileName);
  const inError = error !== null && hasTraceOf(person, error);
  if (!isImporter && !inName && !inError) return undefined;
  const { user: _, ...client } = token ?? { issuer: '', client: '' };
  return {
    id,
    fileName: inName ? null : fileName,
    importer: isImporter ? { ...importer, token: client } : importer,
    error: inError ? null : error,
  };
}
