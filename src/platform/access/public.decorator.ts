import { RouteConfig } from '@nestjs/platform-fastify';

/** Marks a route that answers without an API key. Every other route refuses with 401. */
export const Public = (): MethodDecorator => RouteConfig({ public: true });
