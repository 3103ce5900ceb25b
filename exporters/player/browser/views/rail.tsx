import { useEffect, useState } from 'preact/hooks';
import { Outline } from './outline.js';

/** Where there is room beside the column; the same width as in styles/shell.css. */
const WIDE = '(min-width: 75rem)';

/** The outline on wide screens: always in sight, at the side. */
export function Rail() {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const update = () => setWide(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return wide ? (
    <div class="rail">
      <Outline />
    </div>
  ) : null;
}
