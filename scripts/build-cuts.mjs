import { createHash } from 'node:crypto';
import { parseAst } from 'rollup/parseAst';
import { LIBRARIES, STAND_INS } from './build-cuts-list.mjs';

/**
 * Leaves parts of libraries that Cobrowse Kit never runs out of the bundles for `<script type="module">`; adr/0004 says
 * why. Each library is known by its hash: another version fails the build until its cuts are looked at again.
 */
export function cutLibraries(libraries = LIBRARIES) {
  const seen = new Set();
  return {
    name: 'cut-libraries',
    load(id) {
      const path = slashed(id);
      const name = Object.keys(STAND_INS).find((file) => path.endsWith(`/node_modules/${file}`));
      return name ? { code: STAND_INS[name], map: { mappings: '' } } : null;
    },
    transform(code, id) {
      const path = slashed(id);
      const library = libraries.find(({ file }) => path.endsWith(`/node_modules/${file}`));
      if (!library) return null;
      seen.add(library.file);
      // lines stay where they were, so the map of before is right enough
      return { code: cut(code, library), map: null };
    },
    buildEnd(error) {
      const missed = error ? undefined : libraries.find(({ file }) => !seen.has(file));
      if (missed) throw new Error(`${missed.file} is not in the bundle: its cuts did nothing`);
    },
  };
}

/** @returns the library's code without what `library` names. @throws when the code is not the one the cuts were made for. */
export function cut(code, library) {
  const hash = createHash('sha256').update(code).digest('hex');
  if (hash !== library.sha256) throw new Error(`${library.file} has changed to ${hash}: look at its cuts again`);
  return inlineEnums(removeOptions(editTexts(removeParts(code, library), library), library), library);
}

/** Takes options that nobody gives out of signatures, calls and lists: each line that only hands one on. */
function removeOptions(code, { file, options = [] }) {
  for (const name of options) {
    const line = new RegExp(
      `^[ \\t]*(?:"${name}",?|${name}(?:: (?:this\\.)?${name})?(?: = [^\n]*?)?,?|__publicField\\(this, "${name}"\\);)$`,
      'gm',
    );
    if (!line.test(code)) throw new Error(`${file} has no option ${name}`);
    code = code.replace(line, '');
  }
  return code;
}

function removeParts(code, { file, remove = [], empty = [] }) {
  const parts = partsOf(code);
  const find = (name) => {
    if (!parts.has(name)) throw new Error(`${file} has no ${name}`);
    return parts.get(name);
  };
  const spans = [
    ...remove.map((name) => ({ ...find(name).whole, by: '' })),
    ...empty.map((name) => ({ ...find(name).body, by: '{}' })),
  ].sort((a, b) => b.start - a.start);
  for (const { start, end, by } of spans)
    code = code.slice(0, start) + by + lines(code.slice(start, end)) + code.slice(end);
  return code;
}

/** Functions and classes of the module by name, and their methods as `Class.method`. */
function partsOf(code) {
  const parts = new Map();
  const add = (name, node, body) => parts.set(name, { whole: span(node), body: body && span(body) });
  for (const node of parseAst(code).body) {
    const part = node.declaration ?? node;
    if (part.type === 'FunctionDeclaration') add(part.id.name, node, part.body);
    if (part.type !== 'ClassDeclaration') continue;
    add(part.id.name, node);
    for (const member of part.body.body)
      if (member.type === 'MethodDefinition') add(`${part.id.name}.${member.key.name}`, member, member.value.body);
  }
  return parts;
}

function editTexts(code, { file, edits }) {
  for (const [from, to, times = 1] of edits) {
    const found = code.split(from);
    if (found.length !== times + 1) throw new Error(`${file} has ${found.length - 1} times "${from}", not ${times}`);
    code = found.join(to + lines(from));
  }
  return code;
}

/** Puts numbers in the place of `Enum.Name`, so that the enum's object isn't needed. */
function inlineEnums(code, { file, enums = [] }) {
  for (const name of enums) {
    const values = new Map();
    for (const [, key, value] of code.matchAll(new RegExp(`${name}2\\["(\\w+)"\\] = (\\d+)\\]`, 'g')))
      values.set(key, value);
    if (values.size === 0) throw new Error(`${file} has no enum ${name}`);
    code = code.replace(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), (_, key) => {
      if (!values.has(key)) throw new Error(`${file}: ${name} has no ${key}`);
      return values.get(key);
    });
  }
  return code;
}

const span = ({ start, end }) => ({ start, end });
const lines = (text) => text.replace(/[^\n]/g, '');
const slashed = (id) => id.replaceAll('\\', '/');
