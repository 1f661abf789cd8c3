import { test } from 'node:test';
import { checkCase, ruleCases } from '@patternlens/conformance';
import { referenceBackend } from '@patternlens/reference';
import { backends } from './backends.js';
import { lrpRelative } from './lrp-relative.js';
import { replica } from './replica.js';

const reference = referenceBackend();
for (const share of [0.25, 0.01])
  for (const own of ruleCases(lrpRelative.make({ share }), { replica: replica(share) }))
    for (const backend of [reference, ...backends])
      test(`share ${share}, ${own.name}, ${backend.id}`, () => checkCase(own, backend, reference));
