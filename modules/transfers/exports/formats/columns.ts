/** The columns of tables of statements, in their order. docs/transfers.md lists them; a test compares. */
import {
  contextActivitiesOf,
  CONTEXT_ACTIVITY_KINDS,
  inOneLanguage,
  isActivity,
  isStatementRef,
  parseAcceptLanguage,
  parseDuration,
} from '../../../lrs/index.js';
import type { Activity, Actor, LanguageMap, Preferences, Statement, StatementObject } from '../../../lrs/index.js';
import type { ExportOptions } from '../statement-export.js';
import type { ExportedStatement } from './format.js';

export type Cell = string | number | boolean | undefined;

/** A time is text as the statement has it. */
export type ColumnType = 'TEXT' | 'TIME' | 'NUMBER' | 'BOOLEAN';

/** A statement, and how it is shown. */
export interface Row extends ExportedStatement {
  readonly statement: Statement;
  readonly languages: Preferences;
}

export interface Column {
  /** The path of what it shows. */
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => Cell;
}

type Of<Value extends Cell = Cell> = (statement: Statement, row: Row) => Value | undefined;

const column = (type: ColumnType, name: string, of: Of): Column => ({
  name,
  type,
  of: (row) => of(row.statement, row),
});
const text = (name: string, of: Of<string>): Column => column('TEXT', name, of);
const time = (name: string, of: Of<string>): Column => column('TIME', name, of);
const number = (name: string, of: Of<number>): Column => column('NUMBER', name, of);
const yesNo = (name: string, of: Of<boolean>): Column => column('BOOLEAN', name, of);

const ALWAYS: readonly Column[] = [
  text('id', ({ id }) => id),
  time('stored', ({ stored }) => stored),
  time('timestamp', ({ timestamp }) => timestamp),
  yesNo('voided', (_, { voided }) => voided),
  ...actorColumns('actor', ({ actor }) => actor),
  text('verb.id', ({ verb }) => verb.id),
  text('verb.display', ({ verb }, row) => inLanguage(verb.display, row)),
  text('object.objectType', ({ object }) => object.objectType ?? 'Activity'),
  text('object.id', ({ object }) => (isActivity(object) || isStatementRef(object) ? object.id : undefined)),
  text('object.definition.type', ({ object }) => definitionOf(object)?.type),
  text('object.definition.name', ({ object }, row) => inLanguage(definitionOf(object)?.name, row)),
  text('object.definition.description', ({ object }, row) => inLanguage(definitionOf(object)?.description, row)),
  text('object.definition.interactionType', ({ object }) => definitionOf(object)?.interactionType),
  yesNo('result.success', ({ result }) => result?.success),
  yesNo('result.completion', ({ result }) => result?.completion),
  text('result.response', ({ result }) => result?.response),
  number('result.score.scaled', ({ result }) => result?.score?.scaled),
  number('result.score.raw', ({ result }) => result?.score?.raw),
  number('result.score.min', ({ result }) => result?.score?.min),
  number('result.score.max', ({ result }) => result?.score?.max),
  text('result.duration', ({ result }) => result?.duration),
  number('result.seconds', ({ result }) => secondsOf(result?.duration)),
  text('context.registration', ({ context }) => context?.registration),
  ...CONTEXT_ACTIVITY_KINDS.map((kind) =>
    text(`context.contextActivities.${kind}`, ({ context }) => idsOf(contextActivitiesOf(context, kind))),
  ),
  text('context.revision', ({ context }) => context?.revision),
  text('context.platform', ({ context }) => context?.platform),
  text('context.language', ({ context }) => context?.language),
  text('context.statement.id', ({ context }) => context?.statement?.id),
  ...actorColumns('context.instructor', ({ context }) => context?.instructor),
  ...actorColumns('authority', ({ authority }) => authority),
  text('version', ({ version }) => version),
  text('attachments.sha2', ({ attachments }) => joined(attachments?.map(({ sha2 }) => sha2))),
];

const JSON_COLUMN = text('json', (_, row) => row.text);

export const columnsOf = ({ json }: ExportOptions): readonly Column[] => (json ? [...ALWAYS, JSON_COLUMN] : ALWAYS);

/** Makes rows of statements. */
export function rowOf({ language }: ExportOptions): (statement: ExportedStatement) => Row {
  const languages = parseAcceptLanguage(language);
  return (exported) => ({ ...exported, statement: JSON.parse(exported.text) as Statement, languages });
}

function actorColumns(name: string, of: (statement: Statement) => Actor | undefined): Column[] {
  return [
    text(`${name}.objectType`, (statement) => {
      const actor = of(statement);
      return actor && (actor.objectType ?? 'Agent');
    }),
    text(`${name}.name`, (statement) => of(statement)?.name),
    text(`${name}.mbox`, (statement) => of(statement)?.mbox),
    text(`${name}.mbox_sha1sum`, (statement) => of(statement)?.mbox_sha1sum),
    text(`${name}.openid`, (statement) => of(statement)?.openid),
    text(`${name}.account.homePage`, (statement) => of(statement)?.account?.homePage),
    text(`${name}.account.name`, (statement) => of(statement)?.account?.name),
  ];
}

const definitionOf = (object: StatementObject): Activity['definition'] =>
  isActivity(object) ? object.definition : undefined;

const inLanguage = (map: LanguageMap | undefined, { languages }: Row): string | undefined =>
  map && Object.values(inOneLanguage(map, languages))[0];

/** No IRI and no hash has a blank in it. */
const joined = (values: readonly string[] | undefined): string | undefined =>
  values && values.length > 0 ? values.join(' ') : undefined;

const idsOf = (activities: readonly Activity[]): string | undefined => joined(activities.map(({ id }) => id));

const secondsOf = (duration: string | undefined): number | undefined =>
  duration === undefined ? undefined : parseDuration(duration);
