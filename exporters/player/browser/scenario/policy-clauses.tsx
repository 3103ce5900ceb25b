import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';

/** The clauses of the policy that something rests on. */
export function PolicyClauses({ clauses }: { clauses: readonly string[] }) {
  const { words, wordsLanguage } = useCourse();
  if (clauses.length === 0) return null;
  return (
    <div class="clauses">
      <p class="eyebrow" lang={wordsLanguage}>
        <Icon name="policy" />
        {words.scenario.clauses}
      </p>
      <ul>
        {clauses.map((clause) => (
          <li key={clause}>{clause}</li>
        ))}
      </ul>
    </div>
  );
}
