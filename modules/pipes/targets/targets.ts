import { Injectable } from '@nestjs/common';
import type { Target } from './target.js';
import { XapiTarget } from './xapi-target.js';
import type { XapiTargetSettings } from './xapi-target.js';

/** Settings of a target without its secret. One member a kind. */
export type TargetSettings = XapiTargetSettings;

export type TargetKind = TargetSettings['kind'];

/** The kinds of targets. */
@Injectable()
export class Targets {
  private readonly byKind: { readonly [Kind in TargetKind]: Target<Extract<TargetSettings, { kind: Kind }>> };

  constructor(xapi: XapiTarget) {
    this.byKind = { XAPI: xapi };
  }

  of({ kind }: TargetSettings): Target<TargetSettings> {
    return this.byKind[kind];
  }
}
