/** Most subjects that are remembered. The oldest is forgotten first, but spared once for having been of use (second chance). */
const MOST_SUBJECTS = 20_000;

/** Most facts of one subject: an activity that is described in so many ways is not worth more room. */
const MOST_FACTS = 16;

/** Milliseconds after which a subject is looked up again: another process may have learned something else. */
const LIFETIME = 5 * 60_000;

interface Subject {
  readonly facts: Set<string>;
  readonly since: number;
  /** Whether it was of use since it came, or since it was last spared. */
  used: boolean;
}

/** What the catalog has lately been found to have: most statements tell nothing new, and must cost no query to see so. */
export class KnownFacts {
  private readonly subjects = new Map<string, Subject>();

  has(name: string, fact: string): boolean {
    const subject = this.subjects.get(name);
    if (!subject?.facts.has(fact) || Date.now() - subject.since > LIFETIME) return false;
    subject.used = true;
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
      used: false,
    });
    this.makeRoom();
  }

  delete(name: string): void {
    this.subjects.delete(name);
  }

  private makeRoom(): void {
    for (const [name, subject] of this.subjects) {
      if (this.subjects.size <= MOST_SUBJECTS) return;
      this.subjects.delete(name);
      if (subject.used) this.subjects.set(name, { ...subject, used: false });
    }
  }
}
