export default {
  testMatch: ['**/*.jest.test.js'],
  transform: {},
  setupFilesAfterEnv: ['corsim/jest'],
  testEnvironmentOptions: { url: 'https://myapp.test/' },
}
