import { follow, until } from '../database/follow.js';
import { Notifications } from '../database/notifications.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { NotFound } from '../errors.js';

/** What is followed, one kind of it. */
export interface Followed<State> {
  /** As errors call it, such as `Import`. */
  readonly name: string;
  /** What messages about it begin with, the same in all versions of the service that run side by side. */
  readonly topic: string;
  /** Inside a unit of work. */
  readonly find: (organizationId: string, id: string) => Promise<State | undefined>;
  readonly isFinished: (state: State) => boolean;
}

/** How far something is: written by its job, followed by those who wait for it. */
export abstract class FollowedProgress<State> {
  constructor(
    protected readonly unitOfWork: UnitOfWork,
    private readonly notifications: Notifications,
    private readonly followed: Followed<State>,
  ) {}

  find(organizationId: string, id: string): Promise<State | NotFound> {
    const { find, name } = this.followed;
    return this.unitOfWork.read(
      organizationId,
      async () => (await find(organizationId, id)) ?? new NotFound(name, id, ['id']),
    );
  }

  /** How it is now and after each change, until it is finished. It must exist. */
  async follow(organizationId: string, id: string): Promise<AsyncIterableIterator<State>> {
    const messages = await this.notifications.subscribe(this.topicOf(id));
    const states = follow(messages, async () => {
      const found = await this.find(organizationId, id);
      if (found instanceof NotFound) throw new Error(found.message);
      return found;
    });
    return until(states, this.followed.isFinished);
  }

  /** Makes a change, which those who follow are told of when it is committed. Joins the caller's unit of work. */
  change<T>(organizationId: string, id: string, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(organizationId, async () => {
      const result = await work();
      await this.notifications.publish(this.topicOf(id));
      return result;
    });
  }

  private topicOf(id: string): string {
    return `${this.followed.topic} ${id}`;
  }
}
