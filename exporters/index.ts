/** What the service takes from the exporters. */
export { contrast } from './player/colour.js';
