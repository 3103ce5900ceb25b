import { Injectable } from '@nestjs/common';
import type { Actor } from '../xapi/statement.js';

/** What is known of who is the same person as an agent. */
export interface KnownPerson {
  /** Agents with nothing but an identifier; none when the agent belongs to no person. */
  readonly identities: readonly Actor[];
  /** Keys by which statements name the person; see termKey. */
  readonly keys: readonly string[];
}

/** Tells which agents are one person. Inside a unit of work. */
export type PersonSource = (organizationId: string, agentKey: string) => Promise<KnownPerson>;

/** Where the LRS asks who is the same person. As long as nobody answers, every agent is a person of its own. */
@Injectable()
export class PersonDirectory {
  private source: PersonSource = () => Promise.resolve({ identities: [], keys: [] });

  /** To be called in onModuleInit. */
  use(source: PersonSource): void {
    this.source = source;
  }

  personOf(organizationId: string, agentKey: string): Promise<KnownPerson> {
    return this.source(organizationId, agentKey);
  }
}
