import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('LearnerAnswer', { description: 'An answer to a question of an assessment, or to a knowledge check.' })
export class AnswerObject {
  @Field(() => ID, { description: 'Id of the xAPI statement that told it.' })
  statementId!: string;

  @Field(() => ID, { nullable: true, description: 'The lesson that it was given in.' })
  lessonId?: string;

  @Field(() => ID, { description: 'The question.' })
  elementId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of the attempt at the assessment or knowledge check, from 1.',
  })
  attempt?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Type of the interaction as xAPI names it: `choice`, `matching`.',
  })
  interactionType?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The answer in the format of the interaction’s type: ids joined by `[,]`, pairs by `[.]` (xAPI 1.0.3).',
  })
  response?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is right; null where no answer is right or wrong.' })
  correct?: boolean;

  @Field(() => Float, { nullable: true, description: 'Score of the answer, 0 to 100.' })
  score?: number;

  @Field(() => Float, { nullable: true, description: 'How long the answer took, in seconds.' })
  seconds?: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was given, by the learner’s clock.' })
  answeredAt!: Date;
}

@ObjectType('VariableValue', { description: 'The value of a variable of a scenario.' })
export class VariableValueObject {
  @Field(() => ID, { description: 'The variable.' })
  variableId!: string;

  @Field(() => Float, { nullable: true, description: 'The value of a number.' })
  number?: number;

  @Field(() => Boolean, { nullable: true, description: 'The value of a boolean.' })
  boolean?: boolean;
}

@ObjectType('ScenarioDecision', { description: 'One decision in a scenario.' })
export class DecisionObject {
  @Field(() => ID, { description: 'Id of the xAPI statement that told it.' })
  statementId!: string;

  @Field(() => ID, { description: 'The decision node.' })
  nodeId!: string;

  @Field(() => ID, { nullable: true, description: 'The choice that was made.' })
  choiceId?: string;

  @Field(() => [VariableValueObject], { description: 'The variables before the choice.' })
  variablesBefore!: VariableValueObject[];

  @Field(() => [VariableValueObject], { description: 'The variables after the choice.' })
  variablesAfter!: VariableValueObject[];

  @Field(() => Float, { nullable: true, description: 'How long the decision took, in seconds.' })
  seconds?: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was made, by the learner’s clock.' })
  decidedAt!: Date;
}

@ObjectType('ScenarioPath', { description: 'One way through a scenario: the decisions, and where they led.' })
export class ScenarioPathObject {
  @Field(() => ID, { description: 'The scenario.' })
  lessonId!: string;

  @Field(() => Int, { description: 'Number of the run through the scenario, from 1.' })
  run!: number;

  @Field(() => [DecisionObject], { description: 'In the order in which they were made.' })
  decisions!: DecisionObject[];

  @Field(() => ID, { nullable: true, description: 'The ending; null as long as the learner has not come to one.' })
  endingId?: string;

  @Field(() => String, { nullable: true, description: 'How well it ended: `GOOD`, `ACCEPTABLE` or `POOR`.' })
  outcome?: string;

  @Field(() => Float, { nullable: true, description: 'Score of the ending, 0 to 100.' })
  score?: number;

  @Field(() => [VariableValueObject], { nullable: true, description: 'The variables at the end.' })
  variables?: VariableValueObject[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended, by the learner’s clock.' })
  endedAt?: Date;
}
