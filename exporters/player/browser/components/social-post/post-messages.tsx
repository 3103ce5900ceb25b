import { Avatar } from '../avatar.js';
import { Picture } from '../picture.js';
import { PostHead } from './post-head.js';
import type { Post } from './post.js';

interface Bubble {
  id: string;
  author: Post['author'];
  text: string;
  postedAt?: string | undefined;
}

/** One message; those of the organization's own account stand at the other side, as one's own do. */
function MessageBubble({ bubble: { author, text, postedAt } }: { bubble: Bubble }) {
  const own = author.brand === true;
  return (
    <li class={`bubble-row${own ? ' bubble-row--own' : ''}`}>
      {!own && <Avatar small name={author.name} asset={author.avatar} />}
      <div class={`bubble${own ? ' bubble--own' : ''}`}>
        <span class="visually-hidden">{author.name}: </span>
        <p class="post__text">{text}</p>
        {postedAt !== undefined && <p class="bubble__time">{postedAt}</p>}
      </div>
    </li>
  );
}

/** A private conversation as bubbles. */
export function PostMessages({ post, label }: { post: Post; label: string }) {
  const { author, text, postedAt, picture, format, replies = [] } = post;
  return (
    <article class="post post--direct_message" aria-label={label}>
      <PostHead author={author} postedAt={undefined} format={format} />
      <ol class="bubbles" role="list">
        <MessageBubble bubble={{ id: 'first', author, text, postedAt }} />
        {picture !== undefined && (
          <li>
            <Picture class="post__picture" asset={picture.asset} alt={picture.alt} />
          </li>
        )}
        {replies.map((reply) => (
          <MessageBubble key={reply.id} bubble={reply} />
        ))}
      </ol>
    </article>
  );
}
