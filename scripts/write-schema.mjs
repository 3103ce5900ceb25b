// npm run schema: writes src/schema.graphql as the running service has it. The test that compares the two does the work.
process.env.WRITE_SCHEMA = '1';
process.argv.push('test/api/graphql-schema.test.ts');
await import('./test.mjs');
