import type { ScenarioVariable } from '../../../document/tree.js';
import type { ScenarioView } from '../../session/views.js';
import { Meter } from '../components/meter.js';
import { useCourse } from '../course-context.js';
import { lastChanges } from './variable-changes.js';

type NumberVariable = Extract<ScenarioVariable, { kind: 'number' }>;

function useValueText(): (value: number | boolean) => string {
  const { words } = useCourse();
  return (value) => (typeof value === 'number' ? String(value) : value ? words.scenario.yes : words.scenario.no);
}

const shareOf = ({ minimum, maximum }: NumberVariable, value: number | boolean): number =>
  (Number(value) - minimum) / (maximum - minimum);

/** The variables that the learner sees, as quiet bars that stay in sight, each with its last change. */
export function Meters({ view }: { view: ScenarioView }) {
  const { words, wordsLanguage } = useCourse();
  const valueText = useValueText();
  const changes = lastChanges(view.steps);
  if (view.meters.length === 0) return null;
  return (
    <dl class="meters" aria-label={words.scenario.standing}>
      {view.meters.map(({ variable, value }) => {
        const change = changes[variable.id];
        return (
          <div key={variable.id} class="meters__item">
            <dt>{variable.name}</dt>
            <dd>
              <span class="meters__value" lang={wordsLanguage}>
                {valueText(value)}
              </span>
              {change !== undefined && (
                <span key={view.steps.length} class="meters__change">
                  {change}
                </span>
              )}
              {variable.kind === 'number' && <Meter share={shareOf(variable, value)} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
