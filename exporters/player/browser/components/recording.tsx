import type { ComponentChildren } from 'preact';
import type { BlockOf } from '../../../document/blocks/index.js';
import { useCourse } from '../course-context.js';
import { Icon } from './icon.js';
import { RichText } from './rich-text.js';

type TimedMedia = BlockOf<'video' | 'audio'>;

function useTracks({ captions = [] }: TimedMedia) {
  const { document } = useCourse().session;
  return captions.map(({ id, asset, language, label }) => (
    <track
      key={id}
      kind="captions"
      src={document.assets.find((file) => file.id === asset)?.path}
      srcLang={language}
      label={label}
      default={language === document.language}
    />
  ));
}

/** A film or a sound recording with its title and, folded away, the words that are spoken. */
export function Recording({
  media,
  children,
}: {
  media: TimedMedia;
  children: (tracks: ComponentChildren) => ComponentChildren;
}) {
  const { words, wordsLanguage } = useCourse();
  return (
    <figure class={`figure recording recording--${media.kind}`}>
      {children(useTracks(media))}
      <figcaption>{media.title}</figcaption>
      {media.transcript !== undefined && (
        <details class="disclosure">
          <summary lang={wordsLanguage}>
            {words.media.transcript}
            <Icon name="down" />
          </summary>
          <RichText html={media.transcript} class="disclosure__body" />
        </details>
      )}
    </figure>
  );
}
