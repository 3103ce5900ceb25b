import TestSequencer from '@jest/test-sequencer';

/** Folders of tests, those with the longest files first: a long one that came last would leave all other workers idle. */
const FOLDERS = ['conformance', 'integration', 'model', 'player', 'api', 'docs', 'architecture', 'packages', 'unit'];

/** Jest's own order, which knows how long files took here before; where they never ran, folder by folder. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const ordered = super.sort(tests);
    if (ordered.some(({ duration }) => duration !== undefined)) return ordered;
    return ordered.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

const placeOf = ({ path }) => FOLDERS.findIndex((folder) => path.includes(`/test/${folder}/`));
