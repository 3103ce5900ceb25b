/** Which version of xAPI a request speaks (1.0.3 Comm 3.3; IEEE 9274.1.1 4.1.6). */
import type { FastifyRequest } from 'fastify';
import type { XapiVersion } from '../xapi/version.js';
import { BadRequest } from './error-answer.js';

export type { XapiVersion };

/** What /about tells (Comm 2.8). */
export const SUPPORTED_VERSIONS = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** What a request below /xapi speaks; unset when it does not say, which only /about takes. */
    xapiVersion?: XapiVersion;
  }
}

/** The version that the header X-Experience-API-Version asks for; undefined when it is missing, or is none of ours. */
export function versionOf({ headers }: FastifyRequest): XapiVersion | undefined {
  const asked = headers['x-experience-api-version'];
  if (typeof asked !== 'string') return undefined;
  if (/^1\.0(?:\.\d+)?$/.test(asked)) return '1.0.3';
  return /^2\.0(?:\.\d+)?$/.test(asked) ? '2.0.0' : undefined;
}

/**
 * The version of a request to a resource other than /about.
 *
 * @throws BadRequest when it names none of ours
 */
export function requiredVersionOf(request: FastifyRequest): XapiVersion {
  if (request.xapiVersion) return request.xapiVersion;
  const asked = request.headers['x-experience-api-version'];
  const found = asked === undefined ? 'it is missing' : `not "${String(asked)}"`;
  throw new BadRequest(
    'UNSUPPORTED_VERSION',
    `X-Experience-API-Version must be 1.0, 1.0.x, 2.0 or 2.0.x, ${found} (Comm 3.3).`,
  );
}
