import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const root = new URL('../../', import.meta.url);

const isType = (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

/** What a statement exports: a list of names from another file, or what it declares itself. */
function exportedBy(statement) {
  if (ts.isExportDeclaration(statement)) {
    if (!statement.exportClause)
      throw new Error('a door names what it exports, it has no export *');
    // A namespace is one name: `export * as NAME`.
    if (ts.isNamespaceExport(statement.exportClause)) return [statement.exportClause.name.text];
    return statement.exportClause.elements.map(({ name, isTypeOnly }) =>
      isTypeOnly || statement.isTypeOnly ? `type ${name.text}` : name.text,
    );
  }
  if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  const declared = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement];
  return declared.map((node) => (isType(node) ? `type ${node.name.text}` : node.name.text));
}

/** The names that a door exports, in order, types marked as such. */
const namesOf = (file) =>
  ts
    .createSourceFile(file, readFileSync(new URL(file, root), 'utf8'), ts.ScriptTarget.ES2022)
    .statements.flatMap(exportedBy)
    .sort();

/** The doors of all published packages by their import path, each with its names in order. */
export function doorsOf() {
  const doors = {};
  for (const place of ['packages', 'apps'])
    for (const folder of readdirSync(new URL(place, root)).sort()) {
      const manifest = JSON.parse(
        readFileSync(new URL(`${place}/${folder}/package.json`, root), 'utf8'),
      );
      if (manifest.private) continue;
      for (const [entry, target] of Object.entries(manifest.exports))
        // Doors of code; the others are files, such as style sheets.
        if (target['@patternlens/source'])
          doors[manifest.name + entry.slice(1)] = namesOf(
            `${place}/${folder}/${target['@patternlens/source'].slice(2)}`,
          );
    }
  return doors;
}
