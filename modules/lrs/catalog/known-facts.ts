/** Most subjects that are remembered. Those that were of no use for longest are forgotten first. */
const MOST_SUBJECTS = 20_000;

/** Most facts of one subject: an activity that is described in so many ways is not worth more room. */
const MOST_FACTS = 16;

/** Milliseconds after which a subject is looked up again: another process may have learned something else. */
const LIFETIME = 5 * 60_000;

interface Subject {
  readonly facts: Set<string>;
  readonly since: number;
}

/** What the catalog has lately been found to have: most statements tell nothing new, and must cost no query to see so. */
export class KnownFacts {
  private readonly subjects = new Map<string, Subject>();

  has(name: string, fact: string): boolean {
    const subject = this.subjects.get(name);
    if (!subject?.facts.has(fact) || Date.now() - subject.since > LIFETIME) return false;
    this.subjects.delete(name);
    this.subjects.set(name, subject);
    return true;
  }

  /** @param instead whether the facts that were known of the subject may no longer hold */
  add(name: string, facts: readonly string[], instead = false): void {
    const known = this.subjects.get(name);
    const keeps = known && !instead && known.facts.size < MOST_FACTS && Date.now() - known.since <= LIFETIME;
    this.subjects.delete(name);
    this.subjects.set(name, {
      facts: new Set([...(keeps ? known.facts : []), ...facts]),
      since: keeps ? known.since : Date.now(),
    });
    for (const oldest of this.subjects.keys()) {
      if (this.subjects.size <= MOST_SUBJECTS) break;
      this.subjects.delete(oldest);
    }
  }

  delete(name: string): void {
    this.subjects.delete(name);
  }
}
