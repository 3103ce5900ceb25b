/**
 * Tells the windows of one browser in which a learner has the same course open of each other: announces this one, and calls
 * `onLater` when the course is opened in a later one. Old browsers without channels go without.
 */
export function announce(channelName: string, onLater: () => void): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(channelName);
  // Whoever hears an announcement was there before it.
  channel.onmessage = onLater;
  channel.postMessage('opened');
}
