import { Injectable } from '@nestjs/common';
import type { PersonToErase } from './person-to-erase.js';

/** How many of each kind of thing, by the names that certificates have for them. */
export type ErasureCounts = Readonly<Record<string, number>>;

/**
 * In which order: first the statements, then what was made of them or lies beside them, at the end the names by which the
 * others find their texts.
 */
export const ERASURE_PHASES = ['STATEMENTS', 'COPIES', 'NAMES'] as const;

export type ErasurePhase = (typeof ERASURE_PHASES)[number];

/** What a batch did. */
export interface ErasureBatch {
  readonly counts: ErasureCounts;
  /** Where the next batch goes on; undefined when there is nothing left. */
  readonly next: string | undefined;
}

/** A receiver of copies, which the person may want to know. */
export interface ErasureReceiver {
  readonly name: string;
  /** Host of the address. */
  readonly host: string;
  /** How many statements of the person it has got, as far as can be told. */
  readonly statements: number;
}

/** One place where something about people is kept. */
export interface ErasureStep {
  /** Unique; progress is remembered under it. */
  readonly name: string;
  readonly phase: ErasurePhase;
  /** What would be touched by now, inside a unit of work that reads. */
  count(person: PersonToErase): Promise<ErasureCounts>;
  /**
   * Does a part of the work, inside a unit of work. What was done may be done again, and must then count nothing.
   *
   * @param after what the batch before returned; undefined at the beginning
   */
  erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch>;
  /** Outside of a unit of work, after the last batch: for what lies outside of the database. It may run again. */
  finish?(organizationId: string): Promise<void>;
  /** Whether something is still on its way into the store that was handed over before the time. Inside a unit of work. */
  isWaiting?(organizationId: string, handedOverBefore: Date): Promise<boolean>;
  /** Who has got copies. Inside a unit of work, after all steps. */
  receivers?(person: PersonToErase): Promise<readonly ErasureReceiver[]>;
}

/** Every place where something about people is kept: whoever keeps something adds a step. */
@Injectable()
export class ErasureSteps {
  private readonly steps: ErasureStep[] = [];

  /** To be called in onModuleInit. */
  add(step: ErasureStep): void {
    if (this.steps.some(({ name }) => name === step.name))
      throw new Error(`Two steps of erasure are called ${step.name}.`);
    this.steps.push(step);
  }

  /** In the order in which they are done. */
  get all(): readonly ErasureStep[] {
    return ERASURE_PHASES.flatMap((wanted) => this.steps.filter(({ phase }) => phase === wanted));
  }
}
