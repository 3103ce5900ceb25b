import { assetRef, kindOf, line, markdown } from '../fields.js';

export const download = kindOf('download', 'DownloadBlock', 'A file to keep.', {
  asset: assetRef('The file'),
  title: line('What the file is called'),
  description: markdown('What it is for', 1_000).optional(),
});
