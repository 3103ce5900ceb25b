import { useRef } from 'preact/hooks';
import { Button } from '../components/button.js';
import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import type { BlockProps } from './block-props.js';

type Entry = BlockProps<'quick-reference-card'>['block']['entries'][number];
type Role = Entry['role'];

const ROLES: readonly Role[] = ['STEP', 'DO', 'DO_NOT', 'NOTE'];
const MARKS = { DO: 'check', DO_NOT: 'cross', NOTE: 'note' } as const;

/** Prints one element of the page and nothing else; the style sheet hides the rest while it has the class. */
function printOnly(element: HTMLElement | null): void {
  if (element === null) return;
  element.classList.add('printing');
  addEventListener('afterprint', () => element.classList.remove('printing'), { once: true });
  print();
}

function Entries({ role, entries }: { role: Role; entries: readonly Entry[] }) {
  const { words, wordsLanguage } = useCourse();
  const items = entries.map(({ id, text }) => (
    <li key={id}>
      {role !== 'STEP' && <Icon name={MARKS[role]} />}
      <RichText html={text} />
    </li>
  ));
  return (
    <div class={`quick-card__part quick-card__part--${role.toLowerCase()}`}>
      <h3 lang={wordsLanguage}>{words.quickCard.roles[role]}</h3>
      {role === 'STEP' ? <ol>{items}</ol> : <ul role="list">{items}</ul>}
    </div>
  );
}

/** What to do at a glance: steps, what to do and not to do, what to keep in mind. */
export function QuickReferenceCard({ block: { id, title, purpose, entries } }: BlockProps<'quick-reference-card'>) {
  const { session, words, wordsLanguage } = useCourse();
  const card = useRef<HTMLElement>(null);
  const parts = ROLES.map((role) => ({ role, entries: entries.filter((entry) => entry.role === role) }));
  return (
    <section ref={card} class="quick-card" aria-labelledby={`card-${id}`}>
      <p class="eyebrow" lang={wordsLanguage}>
        {words.quickCard.label}
      </p>
      <h2 class="card__title" id={`card-${id}`}>
        {title}
      </h2>
      {purpose !== undefined && <RichText html={purpose} class="quiet" />}
      <div class="quick-card__parts">
        {parts
          .filter((part) => part.entries.length > 0)
          .map((part) => (
            <Entries key={part.role} {...part} />
          ))}
      </div>
      <p class="quick-card__course">{session.document.title}</p>
      <Button icon="print" onClick={() => printOnly(card.current)}>
        {words.quickCard.print}
      </Button>
    </section>
  );
}
