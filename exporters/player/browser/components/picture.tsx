import { useAsset } from '../course-context.js';

interface PictureProps {
  asset: string;
  alt?: string | undefined;
  class?: string;
}

/** An image of the course; a decorative one has an empty alternative, so that a screen reader passes over it. */
export function Picture({ asset: id, alt = '', class: extra }: PictureProps) {
  const asset = useAsset(id);
  if (asset === undefined) return null;
  const { path, width, height } = asset;
  return <img class={extra} src={path} alt={alt} width={width} height={height} loading="lazy" decoding="async" />;
}
