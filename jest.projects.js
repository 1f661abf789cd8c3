/** All suites in one run, so that they share the processors. */
export default {
  projects: ['<rootDir>/packages/*', '<rootDir>/apps/*', '<rootDir>/tools'],
};
