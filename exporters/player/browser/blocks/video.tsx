import { Recording } from '../components/recording.js';
import { useAsset } from '../course-context.js';
import type { BlockProps } from './block-props.js';

export function Video({ block }: BlockProps<'video'>) {
  const film = useAsset(block.asset);
  const poster = useAsset(block.poster);
  return (
    <Recording media={block}>
      {(tracks) => (
        <video controls playsInline preload="none" src={film?.path} poster={poster?.path} aria-label={block.title}>
          {tracks}
        </video>
      )}
    </Recording>
  );
}
