import { join } from 'node:path';
import { addPackage } from '../shared/add-package.js';

/** `nx g @patternlens/tools:rule NAME`: a rule, a method with it, its replica and its conformance test. */
export default function ruleGenerator(tree, { name }) {
  return addPackage(tree, {
    name,
    folder: name,
    files: join(import.meta.dirname, 'files'),
    description: `The rule ${name}, and a method that uses it`,
    layer: 'rule',
  });
}
