/**
 * A learner's state as suspend data: printable ASCII, at most 4096 characters (SCORM 1.2 RTE 3.4.4, cmi.suspend_data).
 *
 *     1 CCCC RRRRRRRRRRRRRRRRRRRRRR EEE SSSSS [L [BBBBB]] { ; slot record }
 *
 * Version, checksum of what follows it, registration, epoch, seconds spent, slot of the lesson and the end of the id of the
 * block where the learner was, then a record for each element that keeps something. Elements go by their slot, which stays
 * the same from version to version of a course: what one version wrote, the next reads.
 */
import type { CourseDocument } from '../../document/course-document.js';
import type { Lesson } from '../../document/tree.js';
import { digitsOf, fingerprint, numbersOf, varDigitsOf, varNumberOf } from './digits.js';
import { keepersOf } from './keepers/keepers.js';
import { freshState, type CourseLocation, type LearnerState } from './learner-state.js';
import { packUuid, unpackUuid, UUID_DIGITS } from './uuid-digits.js';

const VERSION = '1';
const CHECKSUM_DIGITS = 4;
const SEPARATOR = ';';
const HEADER = { epoch: 3, seconds: 5 } as const;
const BLOCK_DIGITS = 5;

/** Characters before the location. */
export const FIXED_LENGTH = VERSION.length + CHECKSUM_DIGITS + UUID_DIGITS + HEADER.epoch + HEADER.seconds;
export const SEPARATOR_LENGTH = SEPARATOR.length;

const lessonsOf = ({ sections }: CourseDocument): Lesson[] => sections.flatMap(({ lessons }) => lessons);

/** Blocks that keep nothing have no slot; the end of the id, which is random, tells them apart. */
const blockMark = (id: string): string => digitsOf(Number.parseInt(id.slice(-7), 16), BLOCK_DIGITS);

/** Characters of a location in a lesson. */
export const locationLength = (lesson: Lesson, slot: number): number =>
  varDigitsOf(slot).length + (lesson.kind === 'page' && lesson.blocks.length > 0 ? BLOCK_DIGITS : 0);

function packLocation({ slots }: CourseDocument, location: CourseLocation | undefined): string {
  const slot = location && slots[location.lesson];
  if (location === undefined || slot === undefined) return '';
  return varDigitsOf(slot) + (location.block === undefined ? '' : blockMark(location.block));
}

function unpackLocation(document: CourseDocument, packed: string): CourseLocation | undefined {
  const place = varNumberOf(packed);
  const lesson = place && lessonsOf(document).find(({ id }) => document.slots[id] === place.value);
  if (place === undefined || lesson === undefined) return undefined;
  const block = lesson.kind === 'page' && lesson.blocks.find(({ id }) => blockMark(id) === place.rest);
  return block ? { lesson: lesson.id, block: block.id } : { lesson: lesson.id };
}

/** The state of a learner as suspend data. */
export function packState(document: CourseDocument, state: LearnerState): string {
  const header =
    packUuid(state.registration) +
    digitsOf(state.epoch, HEADER.epoch) +
    digitsOf(state.secondsSpent, HEADER.seconds) +
    packLocation(document, state.location);
  const records = keepersOf(document).flatMap((keeper) => {
    const packed = keeper.pack(state);
    return packed === undefined ? [] : [varDigitsOf(keeper.slot) + packed];
  });
  const body = [header, ...records].join(SEPARATOR);
  return VERSION + fingerprint(body, CHECKSUM_DIGITS) + body;
}

function recordsBySlot(records: readonly string[]): Map<number, string> {
  const bySlot = new Map<number, string>();
  for (const record of records) {
    const slot = varNumberOf(record);
    if (slot !== undefined) bySlot.set(slot.value, slot.rest);
  }
  return bySlot;
}

interface Header {
  registration: string;
  epoch: number;
  secondsSpent: number;
  location: string;
  records: readonly string[];
}

/** What stands before the records; undefined when the text is no suspend data of ours or was damaged. */
function readHeader(suspendData: string): Header | undefined {
  const checksum = suspendData.slice(VERSION.length, VERSION.length + CHECKSUM_DIGITS);
  const body = suspendData.slice(VERSION.length + CHECKSUM_DIGITS);
  if (!suspendData.startsWith(VERSION) || checksum !== fingerprint(body, CHECKSUM_DIGITS)) return undefined;
  const [header = '', ...records] = body.split(SEPARATOR);
  const registration = unpackUuid(header.slice(0, UUID_DIGITS));
  const fields = numbersOf(header.slice(UUID_DIGITS), HEADER.epoch, HEADER.seconds);
  const [epoch, secondsSpent] = fields?.values ?? [];
  if (registration === undefined || fields === undefined || epoch === undefined || secondsSpent === undefined) {
    return undefined;
  }
  return { registration, epoch, secondsSpent, location: fields.rest, records };
}

/** Which launch of which registration wrote suspend data; undefined when it is none of ours or was damaged. */
export const launchIn = (suspendData: string): Pick<Header, 'registration' | 'epoch'> | undefined =>
  readHeader(suspendData);

/**
 * The state that suspend data holds; undefined when it is none of ours or was damaged. What belongs to elements that are no
 * longer there is left out, and so is each answer that no longer fits its question.
 */
export function unpackState(document: CourseDocument, suspendData: string): LearnerState | undefined {
  const header = readHeader(suspendData);
  if (header === undefined) return undefined;
  const { registration, epoch, secondsSpent } = header;
  const location = unpackLocation(document, header.location);
  const start = { ...freshState(registration), epoch, secondsSpent, ...(location === undefined ? {} : { location }) };
  const bySlot = recordsBySlot(header.records);
  return keepersOf(document).reduce<LearnerState>((state, keeper) => {
    const packed = bySlot.get(keeper.slot);
    return packed === undefined ? state : keeper.unpack(state, packed);
  }, start);
}
