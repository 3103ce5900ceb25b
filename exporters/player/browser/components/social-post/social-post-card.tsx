import { useCourse } from '../../course-context.js';
import { Icon } from '../icon.js';
import { Picture } from '../picture.js';
import type { Post } from './post.js';
import { PostHead } from './post-head.js';
import { PostMessages } from './post-messages.js';
import { PostReplies } from './post-replies.js';

const STARS = [1, 2, 3, 4, 5];

function Rating({ rating }: { rating: number }) {
  const { words, say, wordsLanguage } = useCourse();
  return (
    <p class="stars">
      {STARS.map((star) => (
        <span key={star} class={star <= rating ? 'stars__on' : 'stars__off'}>
          <Icon name="star" />
        </span>
      ))}
      <span class="visually-hidden" lang={wordsLanguage}>
        {say(words.post.stars, rating)}
      </span>
    </p>
  );
}

/** Figures as feeds show them: 1.2K. */
function useCompactNumber(): (count: number) => string {
  const { session, wordsLanguage } = useCourse();
  const format = new Intl.NumberFormat(wordsLanguage ?? session.document.language, {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  return (count) => format.format(count);
}

/** Reactions, shares and replies in figures. */
function PostFigures({ post: { reactions = [], shares, replies = [] } }: { post: Post }) {
  const { words, say, wordsLanguage } = useCourse();
  const compact = useCompactNumber();
  if (reactions.length === 0 && shares === undefined && replies.length === 0) return null;
  return (
    <div class="post__figures">
      {reactions.length > 0 && (
        <ul class="post__reactions" role="list" aria-label={words.post.reactionsTitle}>
          {reactions.map(({ id, label, count }) => (
            <li key={id}>
              {label} <b>{compact(count)}</b>
            </li>
          ))}
        </ul>
      )}
      <p class="post__counts" lang={wordsLanguage}>
        {replies.length > 0 && (
          <span>
            <Icon name="reply" />
            {say(words.post.replies, replies.length)}
          </span>
        )}
        {shares !== undefined && (
          <span>
            <Icon name="share" />
            {say(words.post.shares, shares, compact(shares))}
          </span>
        )}
      </p>
    </div>
  );
}

/** A mock of a post, comment, private message or review, of no network in particular: a block and a scenario node share it. */
export function SocialPostCard({ post }: { post: Post }) {
  const { words, say } = useCourse();
  const { format, author, text, postedAt, rating, picture, replies = [] } = post;
  const label = say(words.post.by, words.post.formats[format], author.name);
  if (format === 'DIRECT_MESSAGE') return <PostMessages post={post} label={label} />;
  return (
    <article class={`post post--${format.toLowerCase()}`} aria-label={label}>
      <PostHead author={author} postedAt={postedAt} format={format} />
      {rating !== undefined && <Rating rating={rating} />}
      <p class="post__text">{text}</p>
      {picture !== undefined && <Picture class="post__picture" asset={picture.asset} alt={picture.alt} />}
      <PostFigures post={post} />
      {replies.length > 0 && <PostReplies replies={replies} />}
    </article>
  );
}
