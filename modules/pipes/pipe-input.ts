/** What users say of pipes, with the secret. */
import type { PipeSettings } from './pipe.js';
import type { TargetSettings } from './targets/targets.js';

/** A target without its credential, and the credential where it is given. */
export interface TargetInput {
  readonly settings: Omit<TargetSettings, 'auth'>;
  readonly credential: Credential | undefined;
}

export type Credential =
  | { readonly kind: 'BASIC'; readonly username: string; readonly password: string }
  | { readonly kind: 'BEARER'; readonly token: string };

export interface PipeInput extends Omit<PipeSettings, 'target'> {
  readonly target: TargetInput;
}

export interface NewPipe extends PipeInput {
  readonly start: 'NOW' | 'BEGINNING' | Date;
  readonly paused: boolean;
  readonly idempotencyKey: string | null | undefined;
}

export interface ChangedPipe extends PipeInput {
  readonly id: string;
  readonly expectedRevision: number;
}

/** The part that is kept encrypted, and never shown. */
export const secretOf = (credential: Credential): string =>
  credential.kind === 'BASIC' ? credential.password : credential.token;

/** The part that is shown. */
export const shownAuth = (credential: Credential): TargetSettings['auth'] =>
  credential.kind === 'BASIC' ? { kind: 'BASIC', username: credential.username } : { kind: 'BEARER' };

/** The same without anything secret. */
export function withoutSecret<Input extends PipeInput>(input: Input): object {
  const { credential, settings } = input.target;
  return { ...input, target: { settings, auth: credential && shownAuth(credential) } };
}
