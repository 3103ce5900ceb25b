import { kindOf, requiredMarkdown } from '../fields.js';

export const text = kindOf('text', 'TextBlock', 'Running text.', { body: requiredMarkdown('The text') });
