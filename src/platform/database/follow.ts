/**
 * A state, at once and after each message that it changed: what a subscription answers. The messages must have been
 * subscribed to before the first reading, so that no change falls between the two.
 *
 * It is not an async generator: that could not be stopped while it waits for the next message.
 */
export function follow<State>(
  messages: AsyncIterableIterator<unknown>,
  read: () => Promise<State>,
): AsyncIterableIterator<State> {
  let started = false;
  const states: AsyncIterableIterator<State> = {
    next: async () => {
      const message = started && (await messages.next());
      started = true;
      return message && message.done ? { done: true, value: undefined } : { done: false, value: await read() };
    },
    return: async () => {
      await messages.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => states,
  };
  return states;
}
