// The arrows of docs/architecture.md. test/architecture/boundaries.test.ts shows that each of them is enforced.

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle is one module in two files.', {}, { circular: true }),
    rule(
      'platform-knows-no-module',
      'src/{main,app.module} -> modules -> src/platform',
      { path: '^src/platform/' },
      { path: '^(modules|exporters)/|^src/(main|app\\.module|service)\\.ts$' },
    ),
    rule(
      'modules-use-only-platform-and-config',
      'src/{main,app.module} -> modules -> src/platform',
      { path: '^modules/' },
      { path: '^src/', pathNot: '^src/(platform/|config\\.ts$)' },
    ),
    rule(
      'modules-meet-at-the-index',
      "Modules meet only at each other's index.ts.",
      { path: '^modules/([^/]+)/' },
      { path: '^modules/([^/]+)/', pathNot: '^modules/($1/|[^/]+/index\\.ts$)' },
    ),
    rule(
      'modules-reach-exporters-by-their-faces',
      'modules reach exporters only through exporters/index.ts and exporters/document/.',
      { path: '^(modules|src)/' },
      { path: '^exporters/', pathNot: '^exporters/(index\\.ts$|document/)' },
    ),
    rule(
      'exporters-are-framework-free',
      'exporters could be published as a package of their own.',
      { path: '^exporters/' },
      { path: '^(src|modules|migrations)/|^node_modules/(@nestjs|@apollo|typeorm|graphql|pg|fastify)(/|$)' },
    ),
    rule(
      'document-is-innermost',
      'Everything reads the course document; it reads nothing.',
      { path: '^exporters/document/' },
      { path: '^exporters/', pathNot: '^exporters/document/' },
    ),
    rule(
      'formats-do-not-know-one-another',
      'A format is one folder and one line in exporters/index.ts.',
      { path: '^exporters/(scorm[^/]*|cmi5|html)/' },
      { path: '^exporters/(scorm[^/]*|cmi5|html)/', pathNot: '^exporters/$1/' },
    ),
    rule(
      'no-validator-in-the-browser',
      'The player imports types only from schemas, so no validator reaches the browser.',
      { path: '^exporters/player/' },
      { path: '^node_modules/(zod|ajv)(/|$)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'xapi-is-a-leaf',
      'modules/lrs/xapi is pure: types, validation, comparison.',
      { path: '^modules/lrs/xapi/' },
      { path: '^(modules|src)/', pathNot: '^modules/lrs/xapi/' },
    ),
    rule(
      'typeorm-only-in-stores-and-entities',
      'Only *.store.ts and *.entity.ts touch TypeORM.',
      { path: '^(modules|src)/', pathNot: '\\.(store|entity)\\.ts$|^src/platform/database/' },
      { path: '^node_modules/typeorm/' },
    ),
    rule(
      'entities-stay-in-their-store',
      'Rows are private to stores; module files register them.',
      { path: '^modules/', pathNot: '\\.(store|entity|module)\\.ts$' },
      { path: '\\.entity\\.ts$' },
    ),
    rule(
      'no-development-package-at-run-time',
      'An installation without development packages, as in the container, must work.',
      { path: '^(src|modules|migrations|exporters)/', pathNot: '/browser/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'stores-and-services-know-no-transport',
      'GraphQL and HTTP end at resolvers and controllers.',
      { path: '^modules/.*\\.(store|service)\\.ts$' },
      {
        path: '^node_modules/(@nestjs/(graphql|apollo|platform-fastify)|graphql|fastify)(/|$)|\\.(graphql|resolver|controller)\\.ts$',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
