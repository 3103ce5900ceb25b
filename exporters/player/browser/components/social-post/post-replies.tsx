import { useCourse } from '../../course-context.js';
import { Avatar } from '../avatar.js';
import { AccountName } from './post-head.js';
import type { Post } from './post.js';

/** What others answered, below the post. */
export function PostReplies({ replies }: { replies: NonNullable<Post['replies']> }) {
  const { words } = useCourse();
  return (
    <ol class="replies" role="list" aria-label={words.post.repliesTitle}>
      {replies.map(({ id, author, text, postedAt }) => (
        <li key={id} class="reply">
          <Avatar small name={author.name} asset={author.avatar} />
          <div class="reply__body">
            <p class="reply__who">
              <AccountName author={author} />
              {postedAt !== undefined && <span class="post__details">{postedAt}</span>}
            </p>
            <p class="post__text">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
