import type { Config } from './config.js';
import type { Service } from './service.js';

/** What the operator reads when the service is up: where everything is. */
export function welcome(config: Config, { url, database }: Pick<Service, 'url' | 'database'>): string {
  const base = config.publicUrl ?? url;
  const lines = [
    ['GraphQL', `${base}/graphql (in a browser: the IDE)`],
    ['xAPI', `${base}/xapi`],
    ['Health', `${base}/health/ready`],
    ['Database', database.embedded ? `embedded, in ${config.dataDirectory}` : 'the one of DATABASE_URL'],
    ["Administrator's key", config.adminKeyFile ?? 'the one of LECTERN_API_KEY'],
  ];
  const width = Math.max(...lines.map(([label]) => label!.length)) + 2;
  return ['', 'Lectern is up.', '', ...lines.map(([label, text]) => `  ${label!.padEnd(width)}${text}`), '', ''].join(
    '\n',
  );
}
