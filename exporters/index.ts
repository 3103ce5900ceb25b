/** What the service takes from the exporters. */
import type { PackageFormat } from './package-format.js';
import { scorm12 } from './scorm12/scorm12.js';
import type { Scorm12Options } from './scorm12/options.js';

/** Every package format. One line a format. */
export const formats = { SCORM_1_2: scorm12 } satisfies Record<string, PackageFormat<Scorm12Options>>;

export type PackageFormatName = keyof typeof formats;

export type { PackageFile, PackageInput, PackageProblem, PlayerBundle, SchemaFile } from './package-format.js';
export { contrast } from './player/colour.js';
export type { LaunchSettings } from './player/launch-settings.js';
export { PackageRefused } from './zip/admission.js';
export { zip } from './zip/zip.js';
export { idsWithState, suspendDataBudget } from './player/state/index.js';
export { courseActivityId, EXTENSIONS, verbOf } from './player/statements/vocabulary.js';
