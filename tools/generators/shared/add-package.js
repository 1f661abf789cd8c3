import { join } from 'node:path';
import devkit from '@nx/devkit';

const { formatFiles, generateFiles, names, readJson, updateJson } = devkit;

/** Adds a package of the workspace: what all packages have, and its own files.
 * @throws Error where the name is none, or is taken. */
export async function addPackage(tree, { name, folder, files, description, layer, id = name }) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(
      `The name must be small letters, digits and hyphens (lrp-mine), got "${name}".`,
    );
  const root = `packages/${folder}`;
  if (tree.exists(`${root}/package.json`))
    throw new Error(`${root} is there already. Choose another name, or delete it first.`);
  const { version } = readJson(tree, 'package.json');
  const { className, propertyName } = names(name);
  const values = {
    ...{ name, id, folder, description, layer, version, className, propertyName },
    tmpl: '',
  };
  const shared = join(import.meta.dirname, 'files');
  for (const from of [shared, files]) generateFiles(tree, from, root, values);
  for (const file of ['LICENSE', 'NOTICE'])
    if (tree.exists(file)) tree.write(`${root}/${file}`, tree.read(file));
  updateJson(tree, 'tsconfig.json', (config) => ({
    ...config,
    references: [...(config.references ?? []), { path: `./${root}` }],
  }));
  await formatFiles(tree);
  return () => {
    console.log(`\n${root}: its tests run at once (cd ${root} && npx jest).`);
    console.log('npm install then links it, so that other packages can import it.');
  };
}
