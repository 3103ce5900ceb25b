/**
 * How much work may still be done for one statement and one profile. Both come from outside, and what rules, paths and
 * schemas cost depends on both together. One is about what looking at one value costs; the whole is about 0.2 seconds.
 */
export class Budget {
  constructor(private left = 5_000_000) {}

  /** @throws BudgetSpent */
  spend(work: number): void {
    this.left -= work;
    if (this.left < 0) throw new BudgetSpent('There is more to check than one statement may cost.');
  }
}

export class BudgetSpent extends Error {}
