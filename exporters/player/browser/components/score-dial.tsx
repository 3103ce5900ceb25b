import type { Tone } from './badge.js';

const RADIUS = 52;
const ROUND = 2 * Math.PI * RADIUS;

/** A score as a ring, with its figure in the middle. `share` is 0 to 1; `mark`, the pass mark, is a tick on the ring. */
export function ScoreDial({ share, tone, label, mark }: { share: number; tone: Tone; label: string; mark?: number }) {
  const percent = formatPercent(share * 100);
  return (
    <figure class={`dial dial--${tone}`}>
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle class="dial__track" cx="60" cy="60" r={RADIUS} />
        <circle
          class="dial__value"
          cx="60"
          cy="60"
          r={RADIUS}
          stroke-dasharray={`${share * ROUND} ${ROUND}`}
          transform="rotate(-90 60 60)"
        />
        {mark !== undefined && (
          <line class="dial__mark" x1="60" y1="1" x2="60" y2="15" transform={`rotate(${mark * 360} 60 60)`} />
        )}
      </svg>
      <figcaption>
        <span class="dial__label">{label}</span>
        <span class="dial__figure">{percent} %</span>
      </figcaption>
    </figure>
  );
}

/** A percentage without a needless decimal. */
export const formatPercent = (value: number): string => String(Math.round(value * 10) / 10);
