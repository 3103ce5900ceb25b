/** Random statements over few names, so that every filter finds some. */
import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Json } from './statements.js';

const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What random statements are made of, apart from those of other worlds. */
export class World {
  private readonly name = randomUUID();
  readonly verbs = numbered(4, (index) => `http://example.com/${this.name}/verbs/${index}`);
  readonly activities = numbered(5, (index) => `http://example.com/${this.name}/activities/${index}`);
  readonly types = numbered(2, (index) => `http://example.com/${this.name}/types/${index}`);
  readonly mboxes = numbered(4, (index) => `mailto:person-${index}@${this.name}.example.com`);
  readonly registrations = numbered(3, (index) => uuidOf(`${this.name} ${index}`));

  /** The type of every activity, but for the last, which has none. */
  typeOf(activity: string): string | undefined {
    return activity === this.activities.at(-1) ? undefined : this.types[this.activities.indexOf(activity) % 2];
  }

  activity(): fc.Arbitrary<Json> {
    return fc.constantFrom(...this.activities).map((id) => {
      const type = this.typeOf(id);
      return { id, definition: { name: { en: `Lesson ${id.at(-1)}` }, ...(type === undefined ? {} : { type }) } };
    });
  }

  agent(): fc.Arbitrary<Json> {
    return fc.constantFrom(...this.mboxes).map((mbox) => ({ objectType: 'Agent', mbox, name: `Person ${mbox[14]}` }));
  }

  statement(): fc.Arbitrary<Json> {
    const group = fc.uniqueArray(this.agent(), { minLength: 1, maxLength: 2, selector: ({ mbox }) => mbox });
    const actor = fc.oneof(
      { weight: 5, arbitrary: this.agent() },
      { weight: 1, arbitrary: group.map((member) => ({ objectType: 'Group', member })) },
    );
    const object = fc.oneof(
      { weight: 6, arbitrary: this.activity() },
      { weight: 1, arbitrary: this.agent() },
      { weight: 1, arbitrary: this.subStatement() },
    );
    return fc.record(
      {
        id: fc.uuid({ version: 4 }),
        actor,
        verb: fc.constantFrom(...this.verbs).map((id) => ({ id, display: { en: `verb ${id.at(-1)}` } })),
        object,
        result: result(),
        context: this.context(),
        timestamp: fc
          .date({ min: new Date('2026-01-01'), max: new Date('2026-04-30'), noInvalidDate: true })
          .map((at) => at.toISOString()),
      },
      { requiredKeys: ['id', 'actor', 'verb', 'object', 'timestamp'] },
    );
  }

  private subStatement(): fc.Arbitrary<Json> {
    return fc.record({
      objectType: fc.constant('SubStatement'),
      actor: this.agent(),
      verb: fc.constantFrom(...this.verbs).map((id) => ({ id })),
      object: this.activity(),
    });
  }

  private context(): fc.Arbitrary<Json> {
    const some = fc.uniqueArray(this.activity(), { minLength: 1, maxLength: 2, selector: ({ id }) => id });
    return fc.record(
      {
        registration: fc.constantFrom(...this.registrations),
        instructor: this.agent(),
        contextActivities: fc.record(
          { parent: some, grouping: some, category: some, other: some },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
  }
}

function result(): fc.Arbitrary<Json> {
  const tenths = fc.integer({ min: -10, max: 10 }).map((number) => number / 10);
  return fc.record(
    {
      score: fc.record({ scaled: tenths, raw: fc.integer({ min: 0, max: 50 }) }, { requiredKeys: [] }),
      success: fc.boolean(),
      completion: fc.boolean(),
      duration: fc.integer({ min: 0, max: 600 }).map((seconds) => `PT${seconds / 10}S`),
      response: fc.constantFrom('yes', 'no', 'Perhaps Übermorgen'),
    },
    { requiredKeys: [] },
  );
}
