import { Recording } from '../components/recording.js';
import { useAsset } from '../course-context.js';
import type { BlockProps } from './block-props.js';

export function Audio({ block }: BlockProps<'audio'>) {
  const sound = useAsset(block.asset);
  return (
    <Recording media={block}>
      {(tracks) => (
        <audio controls preload="none" src={sound?.path} aria-label={block.title}>
          {tracks}
        </audio>
      )}
    </Recording>
  );
}
