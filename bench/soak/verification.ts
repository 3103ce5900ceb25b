/** Whether every statement that was acknowledged is there once, and no other. */
import { HttpConnection } from '../lrs/http-connection.js';
import type { Target } from '../lrs/load-generator.js';

export interface Verification {
  readonly missing: number;
  /** Times that a statement was listed again. */
  readonly repeated: number;
  /** Listed, but never acknowledged. */
  readonly unknown: number;
}

/** Reads the whole list, page by page. */
export async function verify(target: Target, acknowledged: ReadonlySet<string>): Promise<Verification> {
  const connection = await HttpConnection.open(target.url);
  const headers = { authorization: target.authorization, 'x-experience-api-version': '1.0.3' };
  const seen = new Set<string>();
  let [repeated, unknown] = [0, 0];
  let path = `${target.path}/statements?limit=500&ascending=true&format=ids`;
  while (path !== '') {
    const { status, body } = await connection.send({ method: 'GET', path, headers });
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${body.slice(0, 300)}`);
    const page = JSON.parse(body) as { statements: { id: string }[]; more: string };
    for (const { id } of page.statements) {
      if (seen.has(id)) repeated += 1;
      else if (!acknowledged.has(id)) unknown += 1;
      seen.add(id);
    }
    path = page.more;
  }
  connection.close();
  return { missing: [...acknowledged].filter((id) => !seen.has(id)).length, repeated, unknown };
}
