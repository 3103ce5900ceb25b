import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { LanguageMap } from '../../lrs/index.js';

@ObjectType('LanguageText', { description: 'A text in one language.' })
export class LanguageTextObject {
  @Field(() => String, { description: 'RFC 5646 tag: `en`, `de-CH`; `und` where it is not told.' })
  language!: string;

  @Field(() => String, { description: 'The text.' })
  text!: string;
}

@ObjectType('StatementExtension', {
  description: 'An extension: anything, under a name of its own (xAPI 1.0.3 Data 4.1.7).',
})
export class ExtensionObject {
  @Field(() => ID, { description: 'The IRI that names it.' })
  id!: string;

  @Field(() => String, { description: 'Its value as JSON.' })
  json!: string;
}

@ObjectType('Verb', { description: 'What was done.' })
export class VerbObject {
  @Field(() => ID, { description: 'IRI.' })
  id!: string;

  @Field(() => [LanguageTextObject], { description: 'How it is shown, in every language that it is told in.' })
  displays!: LanguageTextObject[];

  readonly names!: LanguageMap;
}

@ObjectType('InteractionComponent', { description: 'A part of an interaction: a choice, a step, something to match.' })
export class InteractionComponentObject {
  @Field(() => String, { description: 'Its id within the interaction.' })
  id!: string;

  @Field(() => [LanguageTextObject], { description: 'Its text.' })
  descriptions!: LanguageTextObject[];
}

@ObjectType('Activity', { description: 'Something that is learned from or done: a course, a lesson, a question.' })
export class ActivityObject {
  @Field(() => ID, { description: 'IRI.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'IRI of its type.' })
  type?: string | undefined;

  @Field(() => [LanguageTextObject], { description: 'Its name in every language that it is told in.' })
  allNames!: LanguageTextObject[];

  @Field(() => [LanguageTextObject], { description: 'Its description in every language that it is told in.' })
  allDescriptions!: LanguageTextObject[];

  @Field(() => String, { nullable: true, description: 'Where to read more.' })
  moreInfo?: string | undefined;

  @Field(() => String, { nullable: true, description: 'For a question: `choice`, `fill-in`, `likert` and so on.' })
  interactionType?: string | undefined;

  @Field(() => [String], { description: 'The right answers, in the format of the interaction’s type.' })
  correctResponses!: string[];

  @Field(() => [InteractionComponentObject], { description: 'Of `choice` and `sequencing`.' })
  choices!: InteractionComponentObject[];

  @Field(() => [InteractionComponentObject], { description: 'Of `likert`.' })
  scale!: InteractionComponentObject[];

  @Field(() => [InteractionComponentObject], { description: 'What is matched, of `matching`.' })
  source!: InteractionComponentObject[];

  @Field(() => [InteractionComponentObject], { description: 'What it is matched to, of `matching`.' })
  target!: InteractionComponentObject[];

  @Field(() => [InteractionComponentObject], { description: 'Of `performance`.' })
  steps!: InteractionComponentObject[];

  @Field(() => [ExtensionObject], { description: 'Extensions of its definition.' })
  extensions!: ExtensionObject[];

  readonly names!: LanguageMap;
  readonly descriptions!: LanguageMap;
}
