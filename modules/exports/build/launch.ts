import type { CourseDocument } from '../../../exporters/document/index.js';
import type { LaunchSettings } from '../../../exporters/index.js';
import type { PackageOptions } from '../package.js';

/** What the player of a package is told at launch, but for where it keeps progress, which the format says. */
export function launchOf(
  { language }: CourseDocument,
  options: PackageOptions,
  report: LaunchSettings['report'],
): Omit<LaunchSettings, 'tracker'> {
  return {
    language: options.language ?? language,
    ...(options.window && { window: options.window }),
    ...(report && { report }),
  };
}
