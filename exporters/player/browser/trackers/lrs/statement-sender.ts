/** Sends statements to an LRS (xAPI 1.0.3 Communication 2.1.2) in batches, again and again until it has them. */
import type { Statement } from '../../../statements/statement.js';
import type { StatementQueue } from './statement-queue.js';

export interface Lrs {
  /** Address of the xAPI endpoint, without a slash at its end. */
  endpoint: string;
  authorization: string;
}

const BATCH = 50;
/** Browsers refuse keepalive requests with more than 64 KiB in flight. */
const KEEPALIVE_BYTES = 60_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** What the LRS made of a request; `refused` by its content, `forbidden` by its credentials. */
type Outcome = 'stored' | 'refused' | 'forbidden' | 'unavailable';

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'stored';
  if (status === 401 || status === 403) return 'forbidden';
  // 429 asks for patience; any other 4xx says that these very statements will never be taken.
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'unavailable';
}

async function post(
  { endpoint, authorization }: Lrs,
  statements: readonly Statement[],
  keepalive: boolean,
): Promise<Outcome> {
  try {
    const response = await fetch(`${endpoint}/statements`, {
      method: 'POST',
      headers: {
        Authorization: authorization,
        'Content-Type': 'application/json',
        'X-Experience-API-Version': '1.0.3',
      },
      body: JSON.stringify(statements),
      keepalive,
      credentials: 'omit',
    });
    return outcomeOf(response.status);
  } catch (error) {
    console.warn('The LRS cannot be reached; the statements are sent again later.', error);
    return 'unavailable';
  }
}

export class StatementSender {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryMs = FIRST_RETRY_MS;
  private isSending = false;
  /** The LRS does not know the key, or does not let it write: nothing is sent any more. */
  isStopped = false;

  constructor(
    private readonly lrs: Lrs,
    private readonly queue: StatementQueue,
  ) {}

  /** Sends what is waiting, a moment from now, so that what happens together goes together. */
  sendSoon(ms = 500): void {
    if (!this.isStopped) this.timer ??= setTimeout(() => void this.sendAll(), ms);
  }

  /** One request that outlives the page, with as much as it may carry; the rest is sent at the next launch. */
  sendAtTheEnd(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = fitting(this.queue.waiting);
    if (batch.length === 0 || this.isStopped) return;
    void this.send(batch, true);
  }

  private async sendAll(): Promise<void> {
    this.timer = undefined;
    if (this.isSending) return this.sendSoon();
    this.isSending = true;
    while (this.queue.waiting.length > 0 && !this.isStopped) {
      if (!(await this.send(this.queue.waiting.slice(0, BATCH), false))) break;
    }
    this.isSending = false;
  }

  /** False when it is of no use to send more now. */
  private async send(batch: readonly Statement[], keepalive: boolean): Promise<boolean> {
    const outcome = await post(this.lrs, batch, keepalive);
    switch (outcome) {
      case 'stored':
        this.queue.remove(batch);
        this.retryMs = FIRST_RETRY_MS;
        return true;
      case 'refused':
        return this.sendOneByOne(batch);
      case 'forbidden':
        this.isStopped = true;
        console.warn('The LRS refuses the key of this package; no statements are sent.');
        return false;
      case 'unavailable':
        this.sendSoon(this.retryMs);
        this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
        return false;
    }
  }

  /** A batch is stored whole or not at all: one bad statement must not cost the others. */
  private async sendOneByOne(batch: readonly Statement[]): Promise<boolean> {
    const [first] = batch;
    if (first !== undefined && batch.length === 1) {
      console.warn('The LRS refuses a statement; it is dropped.', first);
      this.queue.remove(batch);
      return true;
    }
    for (const statement of batch) if (!(await this.send([statement], false))) return false;
    return true;
  }
}

function fitting(statements: readonly Statement[]): Statement[] {
  const encoder = new TextEncoder();
  let bytes = 2;
  return statements.slice(0, BATCH).filter((statement) => {
    bytes += encoder.encode(JSON.stringify(statement)).length + 1;
    return bytes <= KEEPALIVE_BYTES;
  });
}
