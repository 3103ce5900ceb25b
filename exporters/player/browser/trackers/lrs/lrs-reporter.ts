/** Turns the events of a session into statements and sees to it that the LRS gets them. It never holds the course up. */
import type { Session } from '../../../session/session.js';
import { indexCourse } from '../../../state/course-index.js';
import { statementOf } from '../../../statements/statement-of.js';
import type { Actor } from '../../../statements/statement.js';
import { statementQueue } from './statement-queue.js';
import { StatementSender, type Lrs } from './statement-sender.js';
import { newUuid } from '../uuid.js';

export interface LrsReporter {
  /** The page is hidden or goes away: sends what is waiting in a request that outlives it. */
  flush(): void;
}

export interface LrsReporterInput {
  lrs: Lrs;
  session: Session;
  actor: Actor;
  /** Where statements outlive the page; undefined where the browser forbids it. */
  store: Storage | undefined;
}

export function lrsReporter({ lrs, session, actor, store }: LrsReporterInput): LrsReporter {
  const { registration } = session.state;
  const queue = statementQueue(store, registration);
  const sender = new StatementSender(lrs, queue);
  const speaker = { index: indexCourse(session.document), actor, registration, newId: newUuid };
  session.listen((event) => {
    const statement = statementOf(speaker, event);
    if (statement === undefined) return;
    queue.add(statement);
    sender.sendSoon();
  });
  // What an earlier launch could not send.
  if (queue.waiting.length > 0) sender.sendSoon();
  addEventListener('online', () => sender.sendSoon(0));
  return { flush: () => sender.sendAtTheEnd() };
}
