import { isUtf8 } from 'node:buffer';
import type { XapiVersion } from '../../lrs/index.js';
import type { Refusal } from './statement-import.js';

/** Lines that are stored together: of one version of xAPI, no statement twice. */
export interface LineBatch {
  readonly version: XapiVersion;
  /** JSON of the list. */
  readonly text: string;
  /** Numbers of the lines, in the order of the list. */
  readonly lines: readonly number[];
}

interface Collected {
  readonly version: XapiVersion;
  readonly texts: string[];
  readonly lines: number[];
  readonly ids: Set<unknown>;
}

/** Puts lines into as few batches as they can be stored in. */
export class LineBatches implements Iterable<LineBatch> {
  private readonly collected: Collected[] = [];

  /**
   * @param idIfMissing for a statement that has none
   * @returns why the line is no statement at all
   */
  add(line: number, bytes: Buffer, idIfMissing: string): Refusal | undefined {
    if (!isUtf8(bytes)) return refusal(line, 'MALFORMED_UTF8', 'The line is not UTF-8.');
    const text = bytes.toString('utf8').trim();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return refusal(line, 'MALFORMED_JSON', `The line is not JSON: ${(error as Error).message}`);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refusal(line, 'WRONG_TYPE', 'A line holds one statement.');
    const { id = idIfMissing, version } = value as { id?: unknown; version?: unknown };
    const batch = this.batchFor(String(version).startsWith('2.') ? '2.0.0' : '1.0.3', id);
    batch.ids.add(id);
    batch.lines.push(line);
    batch.texts.push('id' in value ? text : withId(text, idIfMissing, Object.keys(value).length === 0));
    return undefined;
  }

  *[Symbol.iterator](): Iterator<LineBatch> {
    for (const { version, lines, texts } of this.collected) yield { version, lines, text: `[${texts.join(',')}]` };
  }

  private batchFor(version: XapiVersion, id: unknown): Collected {
    const found = this.collected.find((batch) => batch.version === version && !batch.ids.has(id));
    if (found) return found;
    const batch: Collected = { version, texts: [], lines: [], ids: new Set() };
    this.collected.push(batch);
    return batch;
  }
}

const refusal = (line: number, code: string, message: string): Refusal => {
  return { line, statementId: undefined, code, message, path: [] };
};

const withId = (text: string, id: string, isEmpty: boolean): string =>
  `{"id":"${id}"${isEmpty ? '' : ','}${text.slice(1)}`;
