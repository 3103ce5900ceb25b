/** An issuer of tokens whose keys, clock and manners are in the hands of the test. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** What it answers when its keys are asked for. */
export type Manners = 'well' | 'error' | 'silent' | 'huge' | 'html' | 'redirect';

export class TokenServer {
  manners: Manners = 'well';
  /** How often its keys were asked for. */
  fetches = 0;
  /** Only these are published. */
  published: SigningKey[] = [];
  private current!: SigningKey;
  private readonly hanging: ServerResponse[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TokenServer> {
    const server = createServer();
    const tokens = new TokenServer(server);
    server.on('request', ({ url }, response) => tokens.answer(url ?? '', response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await tokens.rotate();
    return tokens;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get key(): SigningKey {
    return this.current;
  }

  /** Signs with a new key from now on; the keys of before are not published any more. */
  async rotate(alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${Math.random().toString(36).slice(2)}`;
    this.current = { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
    this.published = [this.current];
  }

  /** A token that is good for a minute unless the claims say otherwise. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    { kid = this.current.kid, key = this.current }: { kid?: string | null; key?: SigningKey } = {},
  ) {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: this.url, iat: now, exp: now + 60, ...claims })
      .setProtectedHeader({ alg: key.alg, typ: 'at+jwt', ...(kid === null ? {} : { kid }) })
      .sign(key.privateKey);
  }

  async close(): Promise<void> {
    for (const response of this.hanging) response.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(url: string, response: ServerResponse): void {
    if (url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` }));
      return;
    }
    this.fetches += 1;
    switch (this.manners) {
      case 'well':
        response.end(JSON.stringify({ keys: this.published.map(({ jwk }) => jwk) }));
        return;
      case 'error':
        response.writeHead(500).end();
        return;
      case 'silent':
        this.hanging.push(response);
        return;
      case 'huge':
        response.end(`{"keys": [], "padding": "${'x'.repeat(1_000_000)}"}`);
        return;
      case 'html':
        response.end('<html></html>');
        return;
      case 'redirect':
        response.writeHead(302, { location: `${this.url}/elsewhere` }).end();
    }
  }
}
