/** The forms of statements: exact, ids, canonical. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../support/statements.js';
import { MAN, REFERENCE, st, sub, VERB, without } from '../fixtures.js';
import type { Query, RequirementCase } from '../lrs.js';

const MAP = { en: 'did', 'de-DE': 'tat', fr: 'a fait' };
const named = { ...MAN, name: 'Man' };
const asIds = { objectType: 'Agent', ...MAN };
const activityOf = (): { id: string } => ({ id: `urn:activity:${randomUUID()}` });
const ADDED = ['id', 'stored', 'timestamp', 'version', 'authority'];

/** Something of every kind that `ids` reduces. */
const rich = (activity: Json, more: Json = {}): Json => ({
  actor: {
    objectType: 'Group',
    name: 'Team',
    member: [named, { ...named, openid: 'http://x.example.com/', mbox: undefined }],
  },
  verb: { ...VERB, display: MAP },
  object: { ...activity, definition: { name: MAP } },
  context: {
    instructor: named,
    team: { objectType: 'Group', name: 'Team', mbox: 'mailto:team@example.com', member: [named] },
    contextActivities: { parent: [{ ...activity, definition: { name: MAP } }] },
    statement: REFERENCE,
    ...more,
  },
});
/** The same as `ids` shows it. */
const reduced = (activity: Json, more: Json = {}): Json => ({
  actor: {
    objectType: 'Group',
    member: [asIds, { objectType: 'Agent', openid: 'http://x.example.com/' }],
  },
  verb: VERB,
  object: activity,
  context: {
    instructor: asIds,
    team: { objectType: 'Group', mbox: 'mailto:team@example.com' },
    contextActivities: { parent: [activity] },
    statement: REFERENCE,
    ...more,
  },
});

const ids: RequirementCase[] = [
  {
    ids: 'XAPI-00171 DATA-2.4.3-a',
    title: 'ids keeps what identifies, in every place, also in a SubStatement; a verb has no display',
    check: async (lrs) => {
      const activity = activityOf();
      const sent = { ...rich(activity), object: { ...rich(activity), objectType: 'SubStatement' } };
      const id = await lrs.store(sent);
      const { authority, ...read } = await lrs.read(id, { format: 'ids' });
      expect(without(read, ...ADDED)).toEqual({
        ...reduced(activity),
        object: { ...reduced(activity), objectType: 'SubStatement' },
      });
      expect(authority).toEqual({ objectType: 'Agent', account: { homePage: expect.any(String), name: 'test-admin' } });
    },
  },
  {
    ids: 'XAPI-00171',
    title: 'ids reduces contextAgents and contextGroups',
    only: '2.0.0',
    check: async (lrs) => {
      const activity = activityOf();
      const relevantTypes = ['urn:type:mentor'];
      const contexts = (agent: Json, group: Json) => ({
        contextAgents: [{ objectType: 'contextAgent', agent, relevantTypes }],
        contextGroups: [{ objectType: 'contextGroup', group }],
      });
      const id = await lrs.store(
        rich(activity, contexts(named, { objectType: 'Group', name: 'Team', member: [named] })),
      );
      const read = await lrs.read(id, { format: 'ids' });
      expect(without(read, ...ADDED)).toEqual(
        reduced(activity, contexts(asIds, { objectType: 'Group', member: [asIds] })),
      );
    },
  },
];

const exact: RequirementCase[] = [
  {
    ids: 'DATA-2.4.3-a',
    title: 'exact has the display that was sent, or none, whatever is known of the verb',
    check: async (lrs) => {
      const verb = { id: `urn:verb:${randomUUID()}` };
      for (const sent of [
        { ...verb, display: MAP },
        verb,
        { ...verb, display: { es: 'hizo' } },
        { ...verb, display: {} },
      ]) {
        const id = await lrs.store(st({ verb: sent }));
        for (const query of [{}, { format: 'exact' }] as Query[])
          expect((await lrs.read(id, query))['verb']).toEqual(sent);
      }
    },
  },
];

const canonical: RequirementCase[] = [
  {
    ids: 'XAPI-00170 XAPI-00172',
    title: 'canonical has one language, the one that Accept-Language prefers',
    check: async (lrs) => {
      const verb = { id: `urn:verb:${randomUUID()}`, display: MAP };
      const id = await lrs.store(st({ verb, object: { ...activityOf(), definition: { name: MAP } } }));
      const wanted = { 'de;q=0.5, fr;q=0.9': 'fr', de: 'de-DE', 'en, de': 'en', 'es, de;q=0.1': 'de-DE' };
      for (const [language, tag] of Object.entries(wanted)) {
        const { json } = await lrs.get({ statementId: id, format: 'canonical' }, { 'accept-language': language });
        const expected = { [tag]: MAP[tag as keyof typeof MAP] };
        expect([json['verb'], json['object']]).toEqual([
          { id: verb.id, display: expected },
          expect.objectContaining({ definition: { name: expected } }),
        ]);
      }
    },
  },
  {
    ids: 'XAPI-00170 DATA-2.4.3-a',
    title: 'canonical defines what the statement does not, and leaves agents as they were sent',
    check: async (lrs) => {
      const [verb, activity] = [{ id: `urn:verb:${randomUUID()}` }, activityOf()];
      const definition = { name: { en: 'Course' }, type: 'urn:type:course' };
      await lrs.store(st({ verb: { ...verb, display: { en: 'tried' } }, object: { ...activity, definition } }));
      const team = { objectType: 'Group', name: 'Team', member: [named] };
      const id = await lrs.store(st({ actor: team, verb, object: sub({ actor: named, verb, object: activity }) }));
      expect(await lrs.read(id, { format: 'canonical' })).toMatchObject({
        actor: team,
        verb: { ...verb, display: { en: 'tried' } },
        object: { actor: named, verb: { ...verb, display: { en: 'tried' } }, object: { ...activity, definition } },
      });
    },
  },
  {
    ids: 'COMM-2.1.3-d COMM-2.1.3-e',
    title: 'every map of an activity has one language, chosen map by map',
    check: async (lrs) => {
      const choices = [
        { id: 'a', description: { en: 'A', de: 'Ah' } },
        { id: 'b', description: { en: 'B', it: 'Bi' } },
      ];
      const definition = {
        name: { en: 'Course', de: 'Kurs', fr: 'Cours' },
        description: { en: 'About', fr: 'Sur' },
        interactionType: 'choice',
        choices,
      };
      const [object, parent] = [
        { ...activityOf(), definition },
        { ...activityOf(), definition: { name: { fr: 'Programme', it: 'Programma' } } },
      ];
      const id = await lrs.store(st({ object, context: { contextActivities: { parent: [parent] } } }));
      const { json } = await lrs.get(
        { statementId: id, format: 'canonical' },
        { 'accept-language': 'de, fr;q=0.5, en;q=0.1' },
      );
      expect(json['object']).toEqual({
        id: object.id,
        definition: {
          name: { de: 'Kurs' },
          description: { fr: 'Sur' },
          interactionType: 'choice',
          choices: [
            { id: 'a', description: { de: 'Ah' } },
            { id: 'b', description: { en: 'B' } },
          ],
        },
      });
      expect(json['context']).toEqual({
        contextActivities: { parent: [{ id: parent.id, definition: { name: { fr: 'Programme' } } }] },
      });
    },
  },
  {
    ids: 'COMM-2.1.3-e',
    title: 'scales, sources, targets and steps have one language, too',
    check: async (lrs) => {
      const components = [{ id: 'a', description: { en: 'A', de: 'Ah' } }];
      for (const [interactionType, ...lists] of [
        ['likert', 'scale'],
        ['matching', 'source', 'target'],
        ['performance', 'steps'],
        ['sequencing', 'choices'],
      ] as const) {
        const definition = { interactionType, ...Object.fromEntries(lists.map((list) => [list, components])) };
        const id = await lrs.store(st({ object: { ...activityOf(), definition } }));
        const { json } = await lrs.get({ statementId: id, format: 'canonical' }, { 'accept-language': 'de' });
        const wanted = [{ id: 'a', description: { de: 'Ah' } }];
        expect(json['object']).toMatchObject({
          definition: { interactionType, ...Object.fromEntries(lists.map((list) => [list, wanted])) },
        });
      }
    },
  },
];

export const formats: RequirementCase[] = [...ids, ...exact, ...canonical];
