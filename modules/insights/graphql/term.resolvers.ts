import { Args, ArgsType, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { inOneLanguage, parseAcceptLanguage } from '../../lrs/index.js';
import type { LanguageMap } from '../../lrs/index.js';
import { ActivityObject, VerbObject } from './terms.graphql.js';

@ArgsType()
class LanguageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Wanted languages, the best first, as the HTTP header Accept-Language has them: `de, en;q=0.8`. Where none of them ' +
      'is there, another one is given.',
  })
  @IsOptional()
  @Matches(/^[\w ,;=.*-]*$/)
  @MaxLength(200)
  language?: string | null;
}

const textIn = (map: LanguageMap, language: string | null | undefined): string | undefined =>
  Object.values(inOneLanguage(map, parseAcceptLanguage(language ?? undefined)))[0];

/** Texts of verbs in the language that is asked for. */
@Resolver(() => VerbObject)
export class VerbResolver {
  @ResolveField(() => String, { nullable: true, description: 'How it is shown: `answered`.' })
  display(@Parent() { names }: VerbObject, @Args() { language }: LanguageArgs): string | undefined {
    return textIn(names, language);
  }
}

/** Texts of activities in the language that is asked for. */
@Resolver(() => ActivityObject)
export class ActivityResolver {
  @ResolveField(() => String, { nullable: true, description: 'What it is called.' })
  name(@Parent() { names }: ActivityObject, @Args() { language }: LanguageArgs): string | undefined {
    return textIn(names, language);
  }

  @ResolveField(() => String, { nullable: true, description: 'What it is.' })
  description(@Parent() { descriptions }: ActivityObject, @Args() { language }: LanguageArgs): string | undefined {
    return textIn(descriptions, language);
  }
}
