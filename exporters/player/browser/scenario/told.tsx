import type { ScenarioNode } from '../../../document/tree.js';
import { Avatar } from '../components/avatar.js';
import { Picture } from '../components/picture.js';
import { RichText } from '../components/rich-text.js';
import { SocialPostCard } from '../components/social-post/social-post-card.js';
import { useCourse } from '../course-context.js';

type Told<K extends ScenarioNode['kind']> = Extract<ScenarioNode, { kind: K }>;

function Scene({ node: { title, body, picture } }: { node: Told<'scene'> }) {
  const { words, wordsLanguage } = useCourse();
  return (
    <section class="scene">
      {picture !== undefined && <Picture class="scene__picture" asset={picture.asset} alt={picture.alt} />}
      {title === undefined ? (
        <h2 class="visually-hidden" lang={wordsLanguage}>
          {words.scenario.scene}
        </h2>
      ) : (
        <h2>{title}</h2>
      )}
      <RichText html={body} />
    </section>
  );
}

/** Somebody speaks: a bubble beside their portrait. */
function Message({ node: { sender, role, avatar, body } }: { node: Told<'message'> }) {
  const { words, say, wordsLanguage } = useCourse();
  return (
    <section class="message">
      <Avatar name={sender} asset={avatar} />
      <div class="message__body">
        <h2 class="visually-hidden" lang={wordsLanguage}>
          {say(words.scenario.message, sender)}
        </h2>
        <p class="message__sender" aria-hidden="true">
          {sender}
        </p>
        {role !== undefined && <p class="message__role">{role}</p>}
        <div class="bubble">
          <RichText html={body} />
        </div>
      </div>
    </section>
  );
}

function Seen({ node }: { node: Told<'social-post'> }) {
  const { words, say, wordsLanguage } = useCourse();
  return (
    <section>
      <h2 class="visually-hidden" lang={wordsLanguage}>
        {say(words.post.by, words.post.formats[node.format], node.author.name)}
      </h2>
      <SocialPostCard post={node} />
    </section>
  );
}

/** A node at which the learner reads and goes on. */
export function Told({ node }: { node: Told<'scene' | 'message' | 'social-post'> }) {
  switch (node.kind) {
    case 'scene':
      return <Scene node={node} />;
    case 'message':
      return <Message node={node} />;
    case 'social-post':
      return <Seen node={node} />;
  }
}
