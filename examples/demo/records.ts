import { setTimeout as wait } from 'node:timers/promises';
import type { Cmi } from '../lms/cmi.js';
import type { LecternClient } from './lectern-client.js';

const RECORDS = `query Records($courseId: ID!, $learner: LearnerInput!) {
  learnerRecords(filter: { courseId: $courseId, learner: $learner }, first: 1) {
    nodes {
      registration version status progress completion success score secondsSpent startedAt completedAt
      answers { elementId response correct score }
      scenarioPaths { lessonId run outcome score decisions { nodeId choiceId seconds } }
    }
  }
}`;

export interface LearnerRecord {
  readonly registration: string;
  readonly version: number;
  readonly status: string;
  readonly progress: number;
  readonly completion: boolean;
  readonly success: boolean | null;
  readonly score: number | null;
  readonly secondsSpent: number | null;
  readonly answers: readonly { elementId: string; response: string; correct: boolean | null; score: number | null }[];
  readonly scenarioPaths: readonly {
    lessonId: string;
    run: number;
    outcome: string | null;
    score: number | null;
    decisions: readonly object[];
  }[];
}

export interface Statement {
  readonly id: string;
  readonly verb: { readonly id: string };
  readonly object: { readonly id: string };
  readonly timestamp: string;
}

/** The learner's record once it says that the course is complete: statements arrive a moment after the last click. */
export async function readRecord(
  client: LecternClient,
  courseId: string,
  learner: { homePage: string; name: string },
): Promise<LearnerRecord> {
  for (let tries = 100; tries > 0; tries -= 1) {
    const { learnerRecords } = await client.graphql<{ learnerRecords: { nodes: LearnerRecord[] } }>(RECORDS, {
      courseId,
      learner: { account: learner },
    });
    const [record] = learnerRecords.nodes;
    if (record?.completion === true && record.success !== null) return record;
    await wait(200);
  }
  throw new Error('The learner record did not become complete within 20 seconds.');
}

/** Every statement of a registration, oldest first. */
export async function readStatements(client: LecternClient, registration: string): Promise<Statement[]> {
  const statements: Statement[] = [];
  let next: string | undefined = `/xapi/statements?registration=${registration}&ascending=true&limit=100`;
  while (next !== undefined && next !== '') {
    const page = (await (await client.fetch(next)).json()) as { statements: Statement[]; more?: string };
    statements.push(...page.statements);
    next = page.more;
  }
  return statements;
}

/** Where what the LMS was told and what the LRS was told differ; empty when they agree. */
export function differences({ core, interactions = {} }: Cmi, record: LearnerRecord): string[] {
  const right = Object.values(interactions).filter((item) => item.result === 'correct');
  const figures: readonly [name: string, inCmi: unknown, inGraphql: unknown][] = [
    ['passed', core?.lesson_status === 'passed', record.success],
    ['score', Number(core?.score?.raw), record.score],
    ['right answers', right.length, record.answers.filter(({ correct }) => correct === true).length],
  ];
  return figures
    .filter(([, inCmi, inGraphql]) => inCmi !== inGraphql)
    .map(([name, inCmi, inGraphql]) => `${name}: ${String(inCmi)} in CMI, ${String(inGraphql)} in GraphQL`);
}
