/** The service cannot start, and its operator can mend it: the message is one plain sentence, shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
