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

/** States up to and including the first that is the last one. */
export function until<State>(
  states: AsyncIterableIterator<State>,
  isLast: (state: State) => boolean,
): AsyncIterableIterator<State> {
  let ended = false;
  const stop = async (): Promise<IteratorResult<State>> => {
    await states.return?.();
    return { done: true, value: undefined };
  };
  const iteration: AsyncIterableIterator<State> = {
    next: async () => {
      if (ended) return stop();
      const state = await states.next();
      ended = state.done === true || isLast(state.value);
      return state;
    },
    return: stop,
    [Symbol.asyncIterator]: () => iteration,
  };
  return iteration;
}
