/** The whole job on the sample course: author, publish, package, play in a browser before an LMS's run-time, read the record. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../../test/support/browser.js';
import { Lms } from '../lms/lms.js';
import { readPackage } from '../lms/package-files.js';
import { exportPackage, importCourse, publish, readDocument } from './author.js';
import type { LecternClient } from './lectern-client.js';
import { playInTwoSittings } from './play.js';
import { differences, readRecord, readStatements } from './records.js';
import { connect } from './service.js';

const LEARNER = { id: 'learner-1', name: 'Learner, Demo' };

const say = (line: string) => process.stdout.write(`${line}\n`);
const title = (line: string) => say(`\n== ${line}`);

async function demo(client: LecternClient, root: string, folder: string): Promise<void> {
  title('Author: import the sample course by GraphQL');
  const course = await importCourse(
    client,
    JSON.parse(await readFile(join(root, 'examples/social-media-at-work/course.json'), 'utf8')),
  );
  say(`course ${course.id} "${course.title}"`);

  title('Publish');
  const version = await publish(client, course);
  const document = await readDocument(client, version);
  say(`version ${version.number}, content hash ${version.contentHash}`);

  title('Package: SCORM 1.2 that also reports to the LRS');
  const { zip, state } = await exportPackage(client, version);
  const zipFile = join(folder, state.fileName);
  await writeFile(zipFile, zip);
  say(`${zipFile}: ${zip.length} bytes, SHA-256 ${state.sha256 ?? ''}`);

  title('Play: a browser before a standard SCORM 1.2 run-time, in two sittings');
  const lms = await Lms.start(await readPackage(zipFile), LEARNER);
  const browser = await launchBrowser();
  try {
    await playInTwoSittings(browser, lms, document, join(folder, 'screenshots'), say);
  } finally {
    await browser.close();
    await lms.stop();
  }
  await report(client, course.id, folder, lms);
}

async function report(client: LecternClient, courseId: string, folder: string, lms: Lms): Promise<void> {
  const cmi = lms.cmi ?? {};
  const { interactions = {}, ...rest } = cmi;
  title('The LMS knows (CMI data)');
  say(JSON.stringify({ ...rest, interactions: `${Object.keys(interactions).length} of them, in cmi.json` }, null, 2));
  await writeFile(join(folder, 'cmi.json'), JSON.stringify(cmi, null, 2));

  title('The LRS knows (statements)');
  const record = await readRecord(client, courseId, { homePage: client.url, name: LEARNER.id });
  const statements = await readStatements(client, record.registration);
  for (const [verb, count] of countByVerb(statements)) say(`${String(count).padStart(4)} ${verb}`);
  await writeFile(join(folder, 'statements.json'), JSON.stringify(statements, null, 2));

  title('The learner record (GraphQL)');
  const { answers, scenarioPaths, ...figures } = record;
  say(JSON.stringify(figures, null, 2));
  for (const { outcome, score, decisions } of scenarioPaths)
    say(`scenario path: ${outcome ?? 'open'}, score ${score ?? '-'}, ${decisions.length} decisions`);
  say(`answers: ${answers.length}, right ${answers.filter(({ correct }) => correct === true).length}`);
  await writeFile(join(folder, 'record.json'), JSON.stringify(record, null, 2));

  const found = differences(cmi, record);
  if (found.length > 0) throw new Error(`What the LMS and the LRS know differs: ${found.join('; ')}`);
  say('\nCMI data and learner record agree: completed, passed, with the same score and answers.');
  say(`Zip, screenshots and data are in ${folder}.`);
}

function countByVerb(statements: readonly { verb: { id: string } }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { verb } of statements) {
    const name = verb.id.split(/[/:]/u).at(-1) ?? verb.id;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** @param root the project's folder */
export async function run(root: string): Promise<void> {
  const folder = join(root, 'out');
  await mkdir(folder, { recursive: true });
  const service = await connect(root, folder, process.env);
  try {
    await demo(service.client, root, folder);
  } finally {
    await service.stop();
  }
}
