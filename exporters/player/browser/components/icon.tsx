/** Line icons, drawn for the player on a grid of 24 by 24. They never speak: the words are beside them or hidden in text. */
const PATHS = {
  menu: 'M4 7h16M4 12h16M4 17h10',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7L7 17',
  half: 'M6 12h12',
  forward: 'M5 12h14M13 6l6 6-6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  turn: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  print: 'M7 8V4h10v4M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 14h10v6H7z',
  file: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  note: 'M12 11v5M12 7.8v.2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  tip: 'M9 18h6M10 21h4M8.5 14.5A6 6 0 1 1 15.5 14.5c-.6.5-.9 1.2-.9 2H9.4c0-.8-.3-1.5-.9-2z',
  warning: 'M12 9v5M12 17v.2M10.3 4.3L2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0z',
  policy: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h6M9 17h4',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  share: 'M14 5l6 5-6 5v-3C9 12 6 14 4 18c.3-6 4-9.6 10-10z',
  reply: 'M20 12a7 7 0 0 1-7 7H5l1.8-2.7A7 7 0 1 1 20 12z',
  exit: 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h10M16 8l4 4-4 4',
  cloud: 'M8 18h9a4 4 0 0 0 .6-8A6 6 0 0 0 6.2 11.2 3.5 3.5 0 0 0 8 18z',
} as const;

export type IconName = keyof typeof PATHS;

// These point along the line of reading, so they turn round where it runs from right to left.
const DIRECTED = new Set<IconName>(['forward', 'back', 'exit', 'share']);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={`icon icon--${name}${DIRECTED.has(name) ? ' icon--directed' : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
