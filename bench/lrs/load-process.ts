/** The process of a {@link LoadGenerator}. It gets jobs by messages and answers each with what it measured. */
import { HttpConnection } from './http-connection.js';
import type { BareRequest } from './http-connection.js';
import type { LoadJob, LoadResult } from './load-generator.js';
import { eventAt } from './queries/population.js';
import { statementOf, statementText } from './statement-source.js';

process.on('message', (job: LoadJob) => {
  void run(job).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());

async function run(job: LoadJob): Promise<LoadResult> {
  const requests = requestsOf(job);
  const connections = await Promise.all(Array.from({ length: job.clients }, () => HttpConnection.open(job.target.url)));
  const times: number[] = [];
  const waiting = requests.values();
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (const request of waiting) times.push(await timeOf(connection, request));
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  for (const connection of connections) connection.close();
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return { requests: requests.length, seconds, p50: at(0.5), p99: at(0.99) };
}

async function timeOf(connection: HttpConnection, request: BareRequest): Promise<number> {
  const began = performance.now();
  const { status, body } = await connection.send(request);
  if (status !== 200)
    throw new Error(`${request.method} ${request.path} was answered ${status}: ${body.slice(0, 500)}`);
  return performance.now() - began;
}

function requestsOf({ target, work }: LoadJob): BareRequest[] {
  const headers = { authorization: target.authorization, 'x-experience-api-version': '1.0.3' };
  if (work.kind === 'GET') {
    return work.queries.map((query) => ({ method: 'GET', path: `${target.path}/statements?${query}`, headers }));
  }
  const { requests, batch, first, population } = work;
  const textAt = (nth: number) => (population ? statementOf(eventAt(nth, population)) : statementText(nth));
  return Array.from({ length: requests }, (_, request) => {
    const texts = Array.from({ length: batch }, (_statement, index) => textAt(first + request * batch + index));
    const body = batch === 1 ? texts[0]! : `[${texts.join(',')}]`;
    return {
      method: 'POST',
      path: `${target.path}/statements`,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    };
  });
}
