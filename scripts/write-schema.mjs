// npm run schema: writes src/schema.graphql as the running service has it, and the JSON Schemas of the documents. The tests
// that compare them with the code do the work.
process.env.WRITE_SCHEMA = '1';
process.argv.push('test/api/graphql-schema.test.ts', 'test/unit/document-json-schema.test.ts');
await import('./test.mjs');
