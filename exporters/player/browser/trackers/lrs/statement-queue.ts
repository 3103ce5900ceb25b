/** Statements that no LRS has acknowledged yet; they outlive the page where the browser lets them. */
import type { Statement } from '../../../statements/statement.js';

export interface StatementQueue {
  /** Oldest first. */
  readonly waiting: readonly Statement[];
  add(statement: Statement): void;
  remove(statements: readonly Statement[]): void;
}

/** @param store Undefined where the browser forbids one: then the queue lives as long as the page. */
export function statementQueue(store: Storage | undefined, registration: string): StatementQueue {
  const key = `lectern:statements:${registration}`;
  let waiting: Statement[] = store === undefined ? [] : stored(store, key);
  function keep(): void {
    try {
      if (waiting.length === 0) store?.removeItem(key);
      else store?.setItem(key, JSON.stringify(waiting));
    } catch (error) {
      console.warn('Statements are kept in memory only:', error);
    }
  }
  return {
    get waiting() {
      return waiting;
    },
    add(statement) {
      waiting = [...waiting, statement];
      keep();
    },
    remove(statements) {
      const ids = new Set(statements.map(({ id }) => id));
      waiting = waiting.filter(({ id }) => !ids.has(id));
      keep();
    },
  };
}

function stored(store: Storage, key: string): Statement[] {
  try {
    const value: unknown = JSON.parse(store.getItem(key) ?? '[]');
    return Array.isArray(value) ? (value as Statement[]) : [];
  } catch (error) {
    console.warn('Statements of an earlier launch cannot be read:', error);
    return [];
  }
}
