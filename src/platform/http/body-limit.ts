import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The setting that bounds the bodies of a route; MAX_BODY_BYTES unless given. */
    limitedBy?: string;
  }
}

/** What the answer to a body beyond the limit says; an error with the status 413 tells that there was one. */
export const bodyTooLarge = ({ routeOptions: { bodyLimit, config } }: FastifyRequest): string =>
  `The body is larger than ${bodyLimit} bytes (${config.limitedBy ?? 'MAX_BODY_BYTES'}).`;

/**
 * Fastify would close the connection of a body that is too large, or that it could not read because there was no room for it.
 * A client that is still sending then sees a broken connection and not the answer; kept open, what is left of the body is read
 * and dropped.
 */
export function keepOpenForAnswers(server: FastifyInstance): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 413 || reply.statusCode === 503) void reply.removeHeader('connection');
    done(null, payload);
  });
}
