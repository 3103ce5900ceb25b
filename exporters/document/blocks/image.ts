import { z } from 'zod';
import { assetRef, kindOf, line, markdown, requireAlternative } from '../fields.js';

export const image = kindOf('image', 'ImageBlock', 'A picture with its text alternative.', {
  asset: assetRef('The image asset'),
  alt: line('Text alternative: what the image says to someone who cannot see it', 500).optional(),
  decorative: z.boolean().describe('True when the image says nothing that the text does not').optional(),
  caption: markdown('Caption shown below the image', 1_000).optional(),
}).superRefine(requireAlternative);
