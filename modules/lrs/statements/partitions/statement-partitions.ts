import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { DATABASE } from '../../../../src/platform/database/database.js';
import type { Database } from '../../../../src/platform/database/database.js';
import { StatementPartitionStore } from './statement-partition.store.js';

const DAY_MS = 86_400_000;

/** The partitions of statements, one a year in UTC. It works as the owner of the schema: partitions are tables. */
@Injectable()
export class StatementPartitions implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Statements');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly store: StatementPartitionStore,
  ) {}

  /** The partitions of this year and of the next two are there before anything is stored, and stay so in a long run. */
  async onModuleInit(): Promise<void> {
    await this.store.prepare(this.database.ownerUrl);
    this.timer = setInterval(() => {
      this.store
        .prepare(this.database.ownerUrl)
        .catch((error: unknown) => this.logger.error(`Partitions were not made: ${(error as Error).message}`));
    }, DAY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** The years that have a partition, in order. */
  years(): Promise<readonly number[]> {
    return this.store.years(this.database.ownerUrl);
  }

  /** The ids of all organizations. */
  organizations(): Promise<readonly string[]> {
    return this.store.organizations(this.database.ownerUrl);
  }

  /**
   * Drops all statements that were stored before a year, of every organization, at once: partitions are dropped, not rows.
   * From then on their ids are free. What was voided by one of them stays voided.
   *
   * @param isRight is asked at the last moment, when nobody can change the rules of retention any more
   * @returns the names of the tables; none when it is not right
   * @throws DatabaseError 55P03 when others have used the statements for seconds on end: try again
   */
  dropBefore(firstYearKept: number, isRight = () => Promise.resolve(true)): Promise<readonly string[]> {
    return this.store.dropBefore(this.database.ownerUrl, firstYearKept, isRight);
  }

  /**
   * Removes what is left of dropped statements' ids. Nothing depends on it but the room that they take.
   *
   * @returns how many
   */
  forgetDroppedIds(): Promise<number> {
    return this.store.forgetDroppedIds(this.database.ownerUrl);
  }
}
