import type { ScenarioLesson, ScenarioNode } from '../../../document/tree.js';
import type { ScenarioView } from '../../session/views.js';
import { Badge, type Tone } from '../components/badge.js';
import { Button } from '../components/button.js';
import { Meter } from '../components/meter.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { PathRecap } from './path-recap.js';
import { PolicyClauses } from './policy-clauses.js';

type EndingNode = Extract<ScenarioNode, { kind: 'ending' }>;

const TONES: Record<EndingNode['outcome'], Tone> = { GOOD: 'good', ACCEPTABLE: 'fair', POOR: 'poor' };

function Score({ score, best }: { score: number; best: number | undefined }) {
  const { words, say, wordsLanguage } = useCourse();
  return (
    <div class="ending__score" lang={wordsLanguage}>
      <p>
        <span class="eyebrow">{words.scenario.score}</span>
        <b>{say(words.scenario.scoreOf, score)}</b>
      </p>
      <Meter share={score / 100} />
      {best !== undefined && best > score && <p class="quiet">{say(words.scenario.best, best)}</p>}
    </div>
  );
}

function Debrief({ texts }: { texts: readonly (string | undefined)[] }) {
  const { words, wordsLanguage } = useCourse();
  const given = texts.filter((text) => text !== undefined);
  if (given.length === 0) return null;
  return (
    <div class="ending__debrief">
      <h3 lang={wordsLanguage}>{words.scenario.debrief}</h3>
      {given.map((html) => (
        <RichText key={html} html={html} />
      ))}
    </div>
  );
}

/** How the scenario ended: outcome, score, what to take away, the way that led here, and another go. */
export function Ending({ lesson, view, node }: { lesson: ScenarioLesson; view: ScenarioView; node: EndingNode }) {
  const { session, words, wordsLanguage } = useCourse();
  return (
    <section class={`card ending ending--${TONES[node.outcome]}`} aria-labelledby={`ending-${node.id}`}>
      <p class="eyebrow" lang={wordsLanguage}>
        {words.scenario.ending}
        <Badge tone={TONES[node.outcome]}>{words.scenario.outcome[node.outcome]}</Badge>
      </p>
      <h2 id={`ending-${node.id}`}>{node.title}</h2>
      <RichText html={node.body} />
      <Score score={node.score} best={view.best} />
      <Debrief texts={[node.debrief, lesson.debrief]} />
      <PolicyClauses clauses={node.policyClauses ?? []} />
      <PathRecap lesson={lesson} steps={view.steps} />
      <Button icon="turn" onClick={() => session.startScenario(lesson.id)}>
        {words.scenario.again}
      </Button>
    </section>
  );
}
