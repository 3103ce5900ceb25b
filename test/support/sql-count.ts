import pg from 'pg';

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** The SQL statements that match, as this process sends them while the work runs. */
export async function sqlDuring(work: () => Promise<unknown>, matching: RegExp): Promise<string[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const sent: string[] = [];
  prototype.query = function noting(...parameters) {
    const [first] = parameters;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    if (text !== undefined && matching.test(text)) sent.push(text);
    return original.apply(this, parameters);
  };
  try {
    await work();
    return sent;
  } finally {
    prototype.query = original;
  }
}
