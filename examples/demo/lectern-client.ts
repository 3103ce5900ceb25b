/** What a client of the API needs: one function that posts an operation and fails loudly. */
export class LecternClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  /** Posts an operation and returns its data. @throws Error with the first error's message */
  async graphql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors?.[0] !== undefined || data === undefined)
      throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    return data;
  }

  /** Any other request, with the key. @throws Error unless the status is below 400 */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.key}`, 'x-experience-api-version': '1.0.3', ...init.headers };
    const response = await fetch(new URL(path, this.url), { ...init, headers });
    // GraphQL tells its errors in the body, whatever the status.
    if (!response.ok && path !== '/graphql')
      throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
    return response;
  }
}

/** The success of a result union. @throws Error with the message of any other member */
export function successOf<T extends object>(result: T | { __typename: string; message: string }): T {
  if ('message' in result)
    throw new Error(`${'__typename' in result ? result.__typename : 'Failed'}: ${result.message}`);
  return result;
}
