import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Severity } from '../../src/platform/errors.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import { NotFoundError, ProblemSeverity } from '../../src/platform/graphql/user-error.objects.js';
import { scenarioProblemKinds, type ScenarioProblemCode } from './scenario-report.js';

const codes = Object.keys(scenarioProblemKinds) as ScenarioProblemCode[];

export const ScenarioProblemCodeEnum = Object.fromEntries(codes.map((code) => [code, code])) as {
  [Code in ScenarioProblemCode]: Code;
};

registerEnumType(ScenarioProblemCodeEnum, {
  name: 'ScenarioProblemCode',
  description: 'Kinds of problems of a scenario.',
  valuesMap: scenarioProblemKinds,
});

@ObjectType('ScenarioProblem', { description: 'Something in a scenario that is to be mended, or worth a look.' })
export class ScenarioProblemObject {
  @Field(() => ScenarioProblemCodeEnum, { description: 'What kind of problem it is.' })
  code!: ScenarioProblemCode;

  @Field(() => ProblemSeverity, { description: 'An ERROR stops the course from being published.' })
  severity!: Severity;

  @Field(() => String, { description: 'One sentence for people, in English.' })
  message!: string;

  @Field(() => String, { description: 'How to mend it.' })
  hint!: string;

  @Field(() => [String], { description: 'The place, from the lesson: `["nodes", "3", "choices", "0"]`.' })
  path!: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The node or exit to mend; null when the problem is the scenario as a whole.',
  })
  elementId?: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'The exits of a shortest way to the problem; null when none was looked for.',
  })
  trail?: string[];
}

@ObjectType('ScenarioCounts', { description: 'How much there is of a scenario.' })
export class ScenarioCountsObject {
  @Field(() => Int, { description: 'Nodes.' })
  nodes!: number;

  @Field(() => Int, { description: 'Nodes at which the learner decides.' })
  decisions!: number;

  @Field(() => Int, { description: 'Choices of all decisions.' })
  choices!: number;

  @Field(() => Int, { description: 'Endings.' })
  endings!: number;

  @Field(() => Int, { description: 'Variables.' })
  variables!: number;

  @Field(() => Int, {
    description: 'Situations that a learner can get into: a node together with the variables that guards ask for.',
  })
  situations!: number;
}

@ObjectType('ScenarioScore', { description: 'Scores of the endings that can be reached, 0 to 100.' })
export class ScenarioScoreObject {
  @Field(() => Float, { nullable: true, description: 'The least score; null when no ending can be reached.' })
  minimum?: number;

  @Field(() => Float, { nullable: true, description: 'The greatest score; null when no ending can be reached.' })
  maximum?: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean score of plays that end when every open choice is as likely as any other; null when unknown.',
  })
  expected?: number;
}

@ObjectType('ScenarioPaths', { description: 'Ways from the first node to an ending that get into no situation twice.' })
export class ScenarioPathsObject {
  @Field(() => Int, { description: 'How many were counted.' })
  count!: number;

  @Field(() => Boolean, { description: 'Whether there are more than were counted.' })
  capped!: boolean;
}

@ObjectType('ScenarioReadingTime', {
  description: 'Seconds of reading from the first node to an ending, at 200 words a minute.',
})
export class ScenarioReadingObject {
  @Field(() => Float, { nullable: true, description: 'On the shortest way; null when unknown.' })
  minimum?: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean of plays that end when every open choice is as likely as any other; null when unknown.',
  })
  mean?: number;

  @Field(() => Float, { nullable: true, description: 'On the longest path; null when unknown.' })
  maximum?: number;
}

@ObjectType('ScenarioChoiceBias', { description: 'At how many decisions the best choice can be told without reading.' })
export class ScenarioBiasObject {
  @Field(() => Int, { description: 'Decisions at which one choice leads to a better expected score than all others.' })
  decisions!: number;

  @Field(() => Int, { description: 'Those at which it is the longest.' })
  longestIsRight!: number;

  @Field(() => Int, { description: 'Those at which it is the first.' })
  firstIsRight!: number;
}

@ObjectType('ScenarioReport', { description: 'What the linter says of a scenario.' })
export class ScenarioReportObject {
  @Field(() => Boolean, {
    description:
      'False when there were too many situations to look at each: problems may then be missed, figures are bounds or null.',
  })
  exact!: boolean;

  @Field(() => [ScenarioProblemObject], { description: 'The problems.' })
  problems!: ScenarioProblemObject[];

  @Field(() => ScenarioCountsObject, { description: 'How much there is of it.' })
  counts!: ScenarioCountsObject;

  @Field(() => ScenarioScoreObject, { description: 'Scores of its endings.' })
  score!: ScenarioScoreObject;

  @Field(() => ScenarioPathsObject, { nullable: true, description: 'Its paths; null when not exact.' })
  paths?: ScenarioPathsObject;

  @Field(() => ScenarioReadingObject, { description: 'How long it takes to read, in seconds.' })
  readingSeconds!: ScenarioReadingObject;

  @Field(() => ScenarioBiasObject, { nullable: true, description: 'Patterns of its best choices; null when unknown.' })
  bias?: ScenarioBiasObject;
}

export const ScenarioReportResult = resultUnion('ScenarioReportResult', [ScenarioReportObject, NotFoundError]);
