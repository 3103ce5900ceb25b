import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { CONFIG, type Config } from '../../../config.js';
import { GRAPHQL_PATH } from '../error-answer.js';
import { OperationsBySocket } from './operations-by-socket.js';

/** How long clients may take to answer the closing handshake when the service stops. */
const FAREWELL_MS = 1_000;

/** Serves the graphql-transport-ws protocol at the address of GraphQL, on the same port. */
@Injectable()
export class SubscriptionServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sockets: WebSocketServer;
  private stopServing: () => void | Promise<void> = () => undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly operations: OperationsBySocket,
    @Inject(CONFIG) { maxBodyBytes }: Config,
  ) {
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes });
  }

  onApplicationBootstrap(): void {
    const { dispose } = useServer({ ...this.operations.hooks(), isProd: true }, this.sockets);
    this.stopServing = dispose;
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  async onModuleDestroy(): Promise<void> {
    const farewell = setTimeout(() => this.sockets.clients.forEach((client) => client.terminate()), FAREWELL_MS);
    await this.stopServing();
    clearTimeout(farewell);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?')[0] !== GRAPHQL_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => this.sockets.emit('connection', client, request));
  }
}
