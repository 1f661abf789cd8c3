import { readText, writtenFiles } from './repository.js';

/** A fenced block of a document. */
export interface Snippet {
  readonly file: string;
  /** Of its first line, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment above it says; undefined where there is none. */
  readonly mark?: Mark | undefined;
}

/** `snippet: NAME`, `page: NAME` for a program of a web page, `file: PATH` for a file of a recipe, or `not run: WHY`. */
interface Mark {
  readonly kind: 'snippet' | 'page' | 'file' | 'not run';
  readonly text: string;
}

/** All documents, except those of dependencies. */
export const documents = writtenFiles().filter((path) => path.endsWith('.md'));

const MARK = /^<!-- (snippet|page|file|not run): (.+) -->$/;

/** The fenced blocks of a document, each with the mark that stands above it. */
export function snippetsOf(file: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = readText(file).split('\n');
  let mark: Snippet['mark'];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const fence = /^```(\w*)$/.exec(line);
    if (fence) {
      const end = lines.indexOf('```', at + 1);
      if (end < 0) throw new Error(`${file}:${at + 1}: the fence is not closed.`);
      const code = lines.slice(at + 1, end).join('\n');
      snippets.push({ file, line: at + 1, language: fence[1]!, code, mark });
      at = end;
      mark = undefined;
      continue;
    }
    const found = MARK.exec(line);
    if (found) mark = { kind: found[1] as Mark['kind'], text: found[2]! };
    else if (line.trim() !== '') mark = undefined;
  }
  return snippets;
}

export const snippets = documents.flatMap(snippetsOf);

/** Code of a programming language, which has to be marked. */
export const programs = snippets.filter(({ language }) =>
  /^(js|mjs|jsx|ts|tsx|javascript|typescript)$/.test(language),
);

export const runnable = programs.filter(({ mark }) => mark?.kind === 'snippet');

/** What a snippet says that it prints: comments behind `console.log`, in order. */
export const promisedOutput = ({ code }: Snippet): string[] =>
  code.split('\n').flatMap((line) => /console\.log\(.*\);\s*\/\/ (.+)$/.exec(line)?.[1] ?? []);
