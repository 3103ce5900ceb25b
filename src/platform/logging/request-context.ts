import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestContext {
  readonly requestId: string;
}

const current = new AsyncLocalStorage<RequestContext>();

/** Id of the request that is being answered; undefined outside of one, for example in a background job. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId;
}

/** Runs work so that everything it starts knows the request's id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return current.run({ requestId }, work);
}
