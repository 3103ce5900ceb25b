import { setTimeout as wait } from 'node:timers/promises';
import type { CourseDocument } from '../../exporters/document/index.js';
import { successOf, type LecternClient } from './lectern-client.js';

interface Failure {
  __typename: string;
  message: string;
}

const FAILURE = '__typename ... on UserError { message }';

const IMPORT = `mutation Import($document: CourseSource!) {
  importCourse(input: { document: $document }) {
    ${FAILURE} ... on ImportCourseSuccess { created updated deleted course { id title treeRevision } }
  }
}`;

const PUBLISH = `mutation Publish($courseId: ID!, $treeRevision: Int!) {
  publishCourse(input: { courseId: $courseId, expectedTreeRevision: $treeRevision, notes: "Published by the demo" }) {
    ${FAILURE} ... on PublishCourseSuccess { created version { id number contentHash documentUrl } }
  }
}`;

const EXPORT = `mutation Export($versionId: ID!) {
  exportPackage(input: { versionId: $versionId, format: SCORM_1_2, options: { reportTo: LRS } }) {
    ${FAILURE} ... on ExportPackageSuccess { package { id } }
  }
}`;

const PACKAGE = `query Package($id: ID!) { package(id: $id) { status progress error bytes sha256 fileName } }`;

export interface ImportedCourse {
  readonly id: string;
  readonly title: string;
  readonly treeRevision: number;
}

export interface Version {
  readonly id: string;
  readonly number: number;
  readonly contentHash: string;
  readonly documentUrl: string;
}

export interface PackageState {
  readonly status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly progress: number;
  readonly error: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly fileName: string;
}

/** Imports a course from its JSON document; the same document again changes nothing. */
export async function importCourse(client: LecternClient, document: unknown): Promise<ImportedCourse> {
  const data = await client.graphql<{ importCourse: { course: ImportedCourse } | Failure }>(IMPORT, { document });
  return successOf(data.importCourse).course;
}

/** Publishes the draft as it was imported. */
export async function publish(client: LecternClient, course: ImportedCourse): Promise<Version> {
  const data = await client.graphql<{ publishCourse: { version: Version } | Failure }>(PUBLISH, {
    courseId: course.id,
    treeRevision: course.treeRevision,
  });
  return successOf(data.publishCourse).version;
}

/** The published course document. */
export async function readDocument(client: LecternClient, version: Version): Promise<CourseDocument> {
  return (await client.fetch(version.documentUrl)).json() as Promise<CourseDocument>;
}

/** Makes a SCORM 1.2 package that reports to the LRS, waits for it, and downloads it. */
export async function exportPackage(
  client: LecternClient,
  version: Version,
): Promise<{ zip: Buffer; state: PackageState }> {
  const data = await client.graphql<{ exportPackage: { package: { id: string } } | Failure }>(EXPORT, {
    versionId: version.id,
  });
  const { id } = successOf(data.exportPackage).package;
  const state = await finished(client, id);
  if (state.status === 'FAILED') throw new Error(`The package failed: ${state.error ?? 'unknown'}`);
  const zip = Buffer.from(await (await client.fetch(`/packages/${id}.zip`)).arrayBuffer());
  return { zip, state };
}

async function finished(client: LecternClient, id: string): Promise<PackageState> {
  for (;;) {
    const { package: state } = await client.graphql<{ package: PackageState }>(PACKAGE, { id });
    if (state.status === 'DONE' || state.status === 'FAILED') return state;
    await wait(200);
  }
}
