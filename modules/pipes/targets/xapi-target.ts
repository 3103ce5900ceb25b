import { Injectable } from '@nestjs/common';
import { Outbound } from '../../../src/platform/http/outbound/outbound.js';
import type { OutboundAnswer, OutboundRequest } from '../../../src/platform/http/outbound/outbound.js';
import { OutboundFailed } from '../../../src/platform/http/outbound/outbound-failed.js';
import { AttachmentsService, isSameStatement } from '../../lrs/index.js';
import type { Statement } from '../../lrs/index.js';
import type { Delivery, Outgoing, Refusal, Target, Verdict } from './target.js';
import { failure, jsonIn, verdictOn } from './xapi-answer.js';
import { AttachmentGone, jsonBody, multipartBody } from './xapi-body.js';
import type { Body } from './xapi-body.js';
import { attachmentsOf, memberOfVersion2, outgoingText } from './xapi-statement.js';
import type { TargetVersion } from './xapi-statement.js';

/** Another LRS. */
export interface XapiTargetSettings {
  readonly kind: 'XAPI';
  /** Base address of its resources, without a slash at the end. */
  readonly endpoint: string;
  readonly version: TargetVersion;
  /** Statements go out with their authority, for targets that trust the credential with that. */
  readonly keepAuthority: boolean;
  readonly auth: { readonly kind: 'BASIC'; readonly username: string } | { readonly kind: 'BEARER' };
}

type XapiDelivery = Delivery<XapiTargetSettings>;

const TIMEOUT_MS = 30_000;
/** Large requests have more time: this many bytes a second are expected of a network. */
const SLOWEST_BYTES_A_MS = 100;
const LARGEST_STATEMENT = 32 * 1024 * 1024;

/** Sends statements to the resource `statements` of an LRS (xAPI 1.0.3 Comm 2.1.2). */
@Injectable()
export class XapiTarget implements Target<XapiTargetSettings> {
  constructor(
    private readonly outbound: Outbound,
    private readonly attachments: AttachmentsService,
  ) {}

  unfit(statement: Statement, { version }: XapiTargetSettings): Refusal | undefined {
    const member = version === '1.0.3' ? memberOfVersion2(statement) : undefined;
    if (member === undefined) return undefined;
    return { reason: 'VERSION', answer: `Version 1.0.3 has no ${member}; without it this would be another statement.` };
  }

  sizeOf({ text, statement }: Outgoing): number {
    return attachmentsOf(statement).reduce((sum, { length }) => sum + length, Buffer.byteLength(text));
  }

  async deliver(batch: readonly Outgoing[], delivery: XapiDelivery): Promise<Verdict> {
    try {
      const { headers, content, bytes } = await this.bodyOf(batch, delivery);
      const timeout = TIMEOUT_MS + Math.ceil(bytes / SLOWEST_BYTES_A_MS);
      const answer = await this.ask(delivery, '', { method: 'POST', headers, body: content, timeout });
      const verdict = verdictOn(answer, batch, new Date());
      const [only] = batch;
      if (answer.status !== 409 || batch.length > 1) return verdict;
      return (await this.hasTheSame(only!, delivery)) ?? verdict;
    } catch (error) {
      const gone = error instanceof OutboundFailed ? error.cause : error;
      if (gone instanceof AttachmentGone) {
        return { kind: 'REFUSED', refusal: { reason: 'ATTACHMENT_MISSING', answer: gone.message } };
      }
      if (!(error instanceof OutboundFailed)) throw error;
      return { kind: 'UNAVAILABLE', message: error.message };
    }
  }

  /** @throws AttachmentGone when an attachment has neither bytes nor an address */
  private async bodyOf(
    batch: readonly Outgoing[],
    { organizationId, settings: { version, keepAuthority } }: XapiDelivery,
  ): Promise<Body> {
    const texts = batch.map(({ text, statement }) => outgoingText(text, statement, version, keepAuthority));
    const json = Buffer.from(`[${texts.join(',')}]`);
    const described = batch.flatMap(({ statement }) => attachmentsOf(statement));
    if (described.length === 0) return jsonBody(json);
    const stored = await this.attachments.of(organizationId, batch);
    const there = new Set(stored.map(({ description }) => description.sha2.toLowerCase()));
    const gone = described.find(({ fileUrl, sha2 }) => fileUrl === undefined && !there.has(sha2.toLowerCase()));
    if (gone) throw new AttachmentGone(gone.sha2);
    if (stored.length === 0) return jsonBody(json);
    return multipartBody(json, stored, (attachments) => this.attachments.open(organizationId, attachments));
  }

  /**
   * A conflict is none when the target has the same statement: an answer that never arrived, or a target that refuses every
   * id that it knows.
   *
   * @returns undefined when the statements differ, or the target does not show its own
   */
  private async hasTheSame({ id, statement }: Outgoing, delivery: XapiDelivery): Promise<Verdict | undefined> {
    for (const parameter of ['statementId', 'voidedStatementId']) {
      const answer = await this.ask(delivery, `?${parameter}=${id}`, { maximumBytes: LARGEST_STATEMENT });
      if (answer.status >= 500) return { kind: 'UNAVAILABLE', message: failure(answer) };
      const theirs = answer.status === 200 ? jsonIn(answer.body) : undefined;
      if (isStatement(theirs))
        return isSameStatement(theirs, statement, delivery.settings.version) ? { kind: 'TAKEN' } : undefined;
    }
    return undefined;
  }

  private async ask(
    { settings, secret, signal }: XapiDelivery,
    query: string,
    request: Omit<OutboundRequest, 'url' | 'signal'>,
  ): Promise<OutboundAnswer> {
    const authorization = authorizationOf(settings, secret);
    const answer = await this.outbound.send({
      timeout: TIMEOUT_MS,
      ...request,
      url: `${settings.endpoint}/statements${query}`,
      headers: {
        ...request.headers,
        accept: 'application/json',
        'x-experience-api-version': settings.version,
        authorization,
      },
      signal,
    });
    return answer.status === 200 ? answer : withoutSecrets(answer, [secret, authorization.replace(/^\w+ /, '')]);
  }
}

function authorizationOf({ auth }: XapiTargetSettings, secret: string): string {
  if (auth.kind === 'BEARER') return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${auth.username}:${secret}`).toString('base64')}`;
}

/** A target may say again what it was told, and what it says of a failure is shown. */
function withoutSecrets(answer: OutboundAnswer, secrets: readonly string[]): OutboundAnswer {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const text = forms.reduce((rest, secret) => rest.replaceAll(secret, '***'), answer.body.toString('utf8'));
  return { ...answer, body: Buffer.from(text) };
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'actor' in value && 'verb' in value && 'object' in value;
}
