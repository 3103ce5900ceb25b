import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useAsset, useCourse } from '../course-context.js';
import type { BlockProps } from './block-props.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size such as "1.4 MB" in the language of the player's words. */
function sizeOf(bytes: number, language: string): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = UNITS[step] ?? 'byte';
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** step);
}

/** A file to keep, with its type and size before it is fetched. */
export function Download({ block: { asset, title, description } }: BlockProps<'download'>) {
  const { session, words, wordsLanguage } = useCourse();
  const file = useAsset(asset);
  if (file === undefined) return null;
  const type = file.fileName.split('.').at(-1)?.toUpperCase() ?? file.mediaType;
  return (
    <div class="card download">
      <Icon name="file" />
      <div>
        <a class="download__link" href={file.path} download={file.fileName}>
          <span class="visually-hidden" lang={wordsLanguage}>{`${words.media.download}: `}</span>
          {title}
        </a>
        <p class="quiet">{`${type}, ${sizeOf(file.bytes, wordsLanguage ?? session.document.language)}`}</p>
        {description !== undefined && <RichText html={description} />}
      </div>
    </div>
  );
}
