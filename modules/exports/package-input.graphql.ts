import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import type { PackageFormatName } from '../../exporters/index.js';
import { ConnectionArgs } from '../../src/platform/graphql/connection.args.js';
import { IdempotencyKeyField } from '../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { Nested, OptionalUuid, Uuid } from '../../src/platform/graphql/input-fields.js';
import { IsLanguageTag } from './language-tag.rule.js';
import { FormatEnum, HOME_PAGE, LANGUAGE, MASTERY, ReportTargetEnum, WINDOW } from './package-words.graphql.js';

@InputType({ description: WINDOW })
export class PackageWindowInput {
  @Field(() => Int, { description: 'Width in pixels, 320 to 4000.' })
  @IsInt()
  @Min(320)
  @Max(4_000)
  width!: number;

  @Field(() => Int, { description: 'Height in pixels, 320 to 4000.' })
  @IsInt()
  @Min(320)
  @Max(4_000)
  height!: number;
}

@InputType({ description: 'What can be chosen for a package.' })
export class PackageOptionsInput {
  @Field(() => Boolean, { defaultValue: false, description: MASTERY })
  @IsBoolean()
  masteryScore!: boolean;

  @Nested(() => PackageWindowInput, WINDOW)
  window?: PackageWindowInput | null;

  @Field(() => ReportTargetEnum, { nullable: true, description: 'Where statements are sent; nowhere when left out.' })
  @IsOptional()
  @IsIn(Object.keys(ReportTargetEnum))
  reportTo?: 'LRS' | null;

  @Field(() => String, { nullable: true, description: HOME_PAGE })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  learnerHomePage?: string | null;

  @Field(() => String, { nullable: true, description: LANGUAGE })
  @IsOptional()
  @IsLanguageTag()
  language?: string | null;
}

@InputType({ description: 'The package to make.' })
export class ExportPackageInput {
  @Uuid('The published version.')
  versionId!: string;

  @Field(() => FormatEnum, { description: 'What the package is for.' })
  @IsIn(Object.keys(FormatEnum))
  format!: PackageFormatName;

  @Nested(() => PackageOptionsInput, 'Choices; what is left out is as described there.')
  options?: PackageOptionsInput | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@ArgsType()
export class PackagesArgs extends ConnectionArgs {
  @OptionalUuid('Only packages of this version.')
  versionId?: string | null;
}
