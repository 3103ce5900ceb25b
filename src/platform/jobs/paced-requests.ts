import { setTimeout as pause } from 'node:timers/promises';

/**
 * Makes a request for an organization at once, and again when it was asked for meanwhile, but not more often than the pace
 * allows: however many statements come, the job queue is asked a few times a second.
 */
export class PacedRequests {
  /** By organization: whether the request must be made again, and the end of the making. */
  private readonly underWay = new Map<string, { again: boolean; done: Promise<void> }>();
  private readonly stopping = new AbortController();

  /**
   * @param pace least time between two requests for the same organization, in milliseconds
   * @param request must not fail
   */
  constructor(
    private readonly pace: number,
    private readonly request: (organizationId: string) => Promise<void>,
  ) {}

  ask(organizationId: string): void {
    const known = this.underWay.get(organizationId);
    if (known) known.again = true;
    else this.underWay.set(organizationId, { again: false, done: this.askUntilQuiet(organizationId) });
  }

  /** Waits for the requests in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  private async askUntilQuiet(organizationId: string): Promise<void> {
    do {
      const known = this.underWay.get(organizationId);
      if (known) known.again = false;
      await this.request(organizationId);
      await this.restUnlessStopping();
    } while (this.underWay.get(organizationId)?.again);
    this.underWay.delete(organizationId);
  }

  private async restUnlessStopping(): Promise<void> {
    const { signal } = this.stopping;
    await pause(this.pace, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
