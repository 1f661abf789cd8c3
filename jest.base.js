export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, swcrc: false },
    ],
  },
  // Packages that ship as ES modules only; Jest runs CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(onnx-buf|@bufbuild/protobuf|@noble/hashes|fast-png|iobuffer|d3-[a-z-]+|internmap)/)',
  ],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: {
    customExportConditions: ['@patternlens/source', 'node', 'require', 'default'],
  },
};
