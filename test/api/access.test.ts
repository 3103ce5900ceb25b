import { createTestApp, type TestApp } from '../support/test-app.js';

describe('access', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  it('tells who is calling', async () => {
    const answer = await service.graphql('{ viewer { organization { id name } apiKey { id name scopes origin } } }');
    console.log(JSON.stringify(answer), service.logs().slice(-1500));
    expect(answer.errors).toBeUndefined();
  });
});
