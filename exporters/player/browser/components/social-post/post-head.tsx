import { useCourse } from '../../course-context.js';
import { Avatar } from '../avatar.js';
import { Icon } from '../icon.js';
import type { Post } from './post.js';

/** The name of an account, with the mark of the organization's own. */
export function AccountName({ author: { name, brand } }: { author: Post['author'] }) {
  const { words, wordsLanguage } = useCourse();
  return (
    <span class="post__name">
      {name}
      {brand === true && (
        <span class="post__own">
          <Icon name="check" />
          <span class="visually-hidden" lang={wordsLanguage}>{` (${words.post.own})`}</span>
        </span>
      )}
    </span>
  );
}

/** Who wrote it, and when; what it is, in a word. */
export function PostHead({
  author,
  postedAt,
  format,
}: Pick<Post, 'author' | 'format'> & { postedAt: string | undefined }) {
  const { words, wordsLanguage } = useCourse();
  const details = [author.handle ?? [], postedAt ?? []].flat();
  return (
    <header class="post__head">
      <Avatar name={author.name} asset={author.avatar} />
      <p class="post__who">
        <AccountName author={author} />
        {details.length > 0 && (
          <span class="post__details">
            {details.map((detail) => (
              <bdi key={detail}>{detail}</bdi>
            ))}
          </span>
        )}
      </p>
      <span class="post__format" lang={wordsLanguage}>
        {words.post.formats[format]}
      </span>
    </header>
  );
}
