import { join } from 'node:path';
import { addPackage } from '../shared/add-package.js';

/** `nx g @patternlens/tools:adapter NAME`: a backend whose kernels are a table, and the list of what it lacks. */
export default function adapterGenerator(tree, { name }) {
  return addPackage(tree, {
    name,
    folder: `adapter-${name}`,
    files: join(import.meta.dirname, 'files'),
    description: `Runs the programs of PatternLens on ${name}`,
    layer: 'adapter',
  });
}
