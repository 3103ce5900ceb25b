import { EventEmitter, on } from 'node:events';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { DATABASE, type Database } from './database.js';
import { Sql } from './sql.js';

/** One PostgreSQL channel carries all topics: a topic may be any text, and one connection listens for a process. */
const CHANNEL = 'lectern';

/**
 * Messages between the processes of the service, by LISTEN and NOTIFY. Nothing is kept: who was not listening does not
 * get it. So a message says that something changed, and the database what it is now (see follow.ts).
 */
@Injectable()
export class Notifications implements OnModuleDestroy {
  private readonly topics = new EventEmitter().setMaxListeners(0);
  private listening: Promise<pg.Client> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly sql: Sql,
  ) {}

  /**
   * Tells every subscriber of the topic, in all processes, when the current unit of work commits. The same message twice
   * in one transaction arrives once.
   *
   * @param payload JSON of at most 7,000 bytes
   */
  async publish(topic: string, payload: unknown = null): Promise<void> {
    await this.sql.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify({ topic, payload })]);
  }

  /**
   * Payloads published to the topic from the moment the promise is fulfilled. The iteration throws when the connection
   * that listens is lost, because messages may be lost with it: subscribe again, and read the state anew.
   */
  async subscribe(topic: string): Promise<AsyncIterableIterator<unknown>> {
    await this.listen();
    const messages = on(this.topics, topicEvent(topic));
    const iteration: AsyncIterableIterator<unknown> = {
      next: async () => {
        const { done, value } = (await messages.next()) as IteratorResult<[unknown], undefined>;
        return done ? { done, value: undefined } : { done: false, value: value[0] };
      },
      return: async () => {
        await messages.return!();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iteration,
    };
    return iteration;
  }

  async onModuleDestroy(): Promise<void> {
    const client = await this.listening;
    await client?.end();
  }

  private listen(): Promise<pg.Client> {
    this.listening ??= this.connect().catch((error: unknown) => {
      this.listening = undefined;
      throw error;
    });
    return this.listening;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.database.serviceUrl, application_name: 'lectern listener' });
    client.on('notification', ({ payload }) => {
      const message = JSON.parse(payload!) as { topic: string; payload: unknown };
      this.topics.emit(topicEvent(message.topic), message.payload);
    });
    client.once('error', (error: Error) => this.lose(error));
    // A lost connection is reported more than once, the last time when the next one may be there already.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    return client;
  }

  /** Ends every iteration; the next subscription connects anew. */
  private lose(error: Error): void {
    this.listening = undefined;
    if (this.topics.listenerCount('error') > 0) this.topics.emit('error', error);
  }
}

/** Apart from `error`, which an emitter treats differently. */
function topicEvent(topic: string): string {
  return `topic ${topic}`;
}
