import type { ExportFormatName, ExportOptions, ExportPart } from '../statement-export.js';

/** A statement on its way into a file. */
export interface ExportedStatement {
  /** Its text as it is stored. */
  readonly text: string;
  readonly voided: boolean;
}

/** Where in a file a part begins. */
export interface PartPlace {
  /** From 1. */
  readonly number: number;
  /** Bytes of the parts before it. */
  readonly offset: number;
}

export interface WrittenPart extends Pick<ExportPart, 'closing'> {
  readonly body: Buffer;
}

/** Collects the statements of a part. */
export interface PartWriter {
  add(statement: ExportedStatement): void;
  /** May be empty, then there is no such part. */
  finish(): Promise<WrittenPart>;
}

/** A kind of file. Its parts are made one after the other, each of the statements after the last; together they are the file. */
export interface ExportFormat {
  readonly name: ExportFormatName;
  /** Whether it has columns. */
  readonly isTable: boolean;
  fileOf(options: ExportOptions): { readonly extension: string; readonly mediaType: string };
  part(place: PartPlace, options: ExportOptions): PartWriter;
  /** What comes behind the last part, if anything. */
  close?(place: PartPlace, parts: readonly ExportPart[], options: ExportOptions): Buffer;
}
