export type OutboundFailure = 'ADDRESS_REFUSED' | 'NO_ANSWER';

/**
 * A request that has no answer. The message holds no header and no body of the request; the cause is what the body's stream
 * failed with, where it did.
 */
export class OutboundFailed extends Error {
  constructor(
    /** ADDRESS_REFUSED: the rules of this service forbid it. NO_ANSWER: network, time, TLS. */
    readonly code: OutboundFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OutboundFailed';
  }

  /** @param reason said instead of the error's own message */
  static from(error: unknown, reason: string | undefined): OutboundFailed {
    if (error instanceof OutboundFailed) return error;
    return new OutboundFailed('NO_ANSWER', reason ?? messageOf(error), { cause: error });
  }
}

/** Node joins the failures of several addresses in one error that has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
