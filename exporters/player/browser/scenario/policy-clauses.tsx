import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';

/** The clauses of the policy that something rests on. */
export function PolicyClauses({ clauses }: { clauses: readonly string[] }) {
  const { words, wordsLanguage } = useCourse();
  if (clauses.length === 0) return null;
  return (
    <div>
      <p class="visually-hidden" lang={wordsLanguage}>
        {words.scenario.clauses}
      </p>
      <ul class="clauses" role="list">
        {clauses.map((clause) => (
          <li key={clause}>
            <Icon name="policy" />
            {clause}
          </li>
        ))}
      </ul>
    </div>
  );
}
