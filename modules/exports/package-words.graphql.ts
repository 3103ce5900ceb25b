/** Enums of packages, and descriptions that inputs and objects share. */
import { registerEnumType } from '@nestjs/graphql';
import type { PackageFormatName } from '../../exporters/index.js';
import type { PackageStatus } from './package.js';

export const FormatEnum = { SCORM_1_2: 'SCORM_1_2' } as const satisfies Record<PackageFormatName, PackageFormatName>;

registerEnumType(FormatEnum, {
  name: 'PackageFormat',
  description: 'What a package is made for.',
  valuesMap: { SCORM_1_2: { description: 'SCORM 1.2 with one SCO: what every learning management system takes.' } },
});

export const StatusEnum = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
} as const satisfies Record<PackageStatus, PackageStatus>;

registerEnumType(StatusEnum, {
  name: 'PackageStatus',
  description: 'How far a package is.',
  valuesMap: {
    QUEUED: { description: 'Its job has not begun, or waits for another attempt; then `error` says why.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'The zip is there.' },
    FAILED: { description: 'It could not be made; `error` says why.' },
  },
});

export const ReportTargetEnum = { LRS: 'LRS' } as const;

registerEnumType(ReportTargetEnum, {
  name: 'PackageReportTarget',
  description: 'Where a package sends xAPI statements, besides telling the learning management system.',
  valuesMap: { LRS: { description: 'The learning record store of this service.' } },
});

export const WINDOW =
  'Size that the player asks for where the learning management system opens the package in a window of its own.';
export const MASTERY =
  'Whether the manifest carries the pass mark as mastery score, by which the learning management system judges itself. Only for ' +
  'a course that is passed by one assessment.';
export const LANGUAGE =
  'BCP 47 tag of the language of the player’s own words; the language of the course when left out.';
export const HOME_PAGE =
  'Address that stands for the learning management system: it tells learners of two systems apart in statements. The address ' +
  'of this service when left out.';
