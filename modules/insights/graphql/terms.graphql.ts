import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
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

export const AgentKind = { AGENT: 'AGENT', GROUP: 'GROUP' } as const;

registerEnumType(AgentKind, {
  name: 'AgentKind',
  description: 'Whether an agent is one or several.',
  valuesMap: { AGENT: { description: 'A person or a system.' }, GROUP: { description: 'Several agents.' } },
});

@ObjectType('AgentAccount', { description: 'An account on a system, such as the LMS.' })
export class AgentAccountObject {
  @Field(() => String, { description: 'Address of the system.' })
  homePage!: string;

  @Field(() => String, { description: 'Name or id there.' })
  name!: string;
}

@ObjectType('Agent', {
  description:
    'A person, a system, or a group of them, identified by exactly one of account, mbox, mboxSha1 and openid; a group may have none.',
})
export class AgentObject {
  @Field(() => AgentKind, { description: 'One, or several.' })
  kind!: keyof typeof AgentKind;

  @Field(() => String, { nullable: true, description: 'What they are called.' })
  name?: string | undefined;

  @Field(() => AgentAccountObject, { nullable: true, description: 'Account on a system, such as the LMS.' })
  account?: AgentAccountObject | undefined;

  @Field(() => String, { nullable: true, description: 'E-mail address, as `mailto:someone@example.com`.' })
  mbox?: string | undefined;

  @Field(() => String, { nullable: true, description: 'SHA-1 of the mbox, in hexadecimal.' })
  mboxSha1?: string | undefined;

  @Field(() => String, { nullable: true, description: 'OpenID.' })
  openid?: string | undefined;

  @Field(() => [AgentObject], { description: 'The members of a group, where the statement tells them.' })
  members!: AgentObject[];
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
