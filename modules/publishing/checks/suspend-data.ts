import { suspendDataBudget } from '../../../exporters/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { assemble } from '../freeze.js';
import { problem, type Check } from './check.js';

/** What a learner does fits the 4,096 characters that SCORM 1.2 keeps (RTE 1.2, cmi.suspend_data). */
export const checkSuspendData: Check = (draft, { previousSlots }): Problem[] => {
  const { worstCase, limit, byElement } = suspendDataBudget(assemble(draft, [], previousSlots));
  if (worstCase <= limit) return [];
  const biggest = byElement.slice(0, 3);
  return [
    problem(
      'ERROR',
      'SUSPEND_DATA_TOO_LONG',
      ['sections'],
      `What a learner does may need ${worstCase} characters; SCORM 1.2 keeps ${limit}.`,
      `Split the course. Most is needed by ${biggest.map(({ id, characters }) => `${id} (${characters})`).join(', ')}.`,
    ),
  ];
};
