import { setTimeout as wait } from 'node:timers/promises';
import type { GraphqlAnswer, ServiceUnderTest } from './test-app.js';

export interface PackageAnswer {
  readonly id: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly progress: number;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly url: string | null;
  readonly fileName: string;
  readonly error: string | null;
  readonly version: { readonly id: string; readonly number: number };
  readonly options: { readonly masteryScore: boolean };
  readonly reporting: { readonly keyId: string; readonly expiresAt: string; readonly revokedAt: string | null } | null;
}

export const PACKAGE_FIELDS = `id status progress bytes sha256 url fileName error version { id number } options { masteryScore }
  reporting { keyId expiresAt revokedAt }`;

export interface ExportAnswer {
  readonly __typename: string;
  readonly package?: PackageAnswer;
  readonly warnings?: readonly { readonly code: string }[];
  readonly problems?: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly message?: string;
}

/** Asks for a package; every answer, also a refusal. */
export async function exportPackage(
  app: ServiceUnderTest,
  input: Record<string, unknown>,
  key = app.adminKey,
): Promise<ExportAnswer> {
  const { data, errors } = await askForPackage(app, input, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.exportPackage;
}

/** The same, with the errors of GraphQL. */
export function askForPackage(
  app: ServiceUnderTest,
  input: Record<string, unknown>,
  key: string,
): Promise<GraphqlAnswer<{ exportPackage: ExportAnswer }>> {
  return app.graphql(
    `mutation ($input: ExportPackageInput!) {
       exportPackage(input: $input) {
         __typename
         ... on ExportPackageSuccess { package { ${PACKAGE_FIELDS} } warnings { code } }
         ... on ValidationError { problems { code path } }
         ... on UserError { message }
       }
     }`,
    { input: { format: 'SCORM_1_2', ...input } },
    key,
  );
}

export async function readPackage(
  app: ServiceUnderTest,
  id: string,
  key = app.adminKey,
): Promise<PackageAnswer | null> {
  const query = `query ($id: ID!) { package(id: $id) { ${PACKAGE_FIELDS} } }`;
  const { data, errors } = await app.graphql<{ package: PackageAnswer | null }>(query, { id }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.package;
}

/** The package once it looks as wanted. @throws Error when it does not within a minute. */
export async function packageThat(
  app: ServiceUnderTest,
  id: string,
  wanted: (found: PackageAnswer) => boolean = ({ status }) => status === 'DONE',
): Promise<PackageAnswer> {
  for (const until = Date.now() + 60_000; ; await wait(50)) {
    const found = await readPackage(app, id);
    if (found && wanted(found)) return found;
    if (Date.now() > until) throw new Error(`Still not as wanted: ${JSON.stringify(found)}`);
  }
}

/** Asks for a package and waits until it is there. */
export async function exported(app: ServiceUnderTest, input: Record<string, unknown>): Promise<PackageAnswer> {
  const answer = await exportPackage(app, input);
  if (!answer.package) throw new Error(JSON.stringify(answer));
  return packageThat(app, answer.package.id);
}

/** The zip, by key. */
export async function downloadPackage(app: ServiceUnderTest, id: string): Promise<Buffer> {
  const response = await fetch(`${app.url}/packages/${id}.zip`, {
    headers: { authorization: `Bearer ${app.adminKey}` },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}
