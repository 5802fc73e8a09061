/** Class comments are the data sheet; the manifest is made from them. */
export default {
  globs: ['components/**/*.ts'],
  exclude: ['components/**/*.test.ts', 'components/testing.ts', 'components/**/testing/**'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [statusTag(), onlyElements()],
};

/** Keeps the tags, and drops the nameless event that the analyser adds for each `dispatchEvent(new X())`. */
function onlyElements() {
  return {
    name: 'only-elements',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        for (const declaration of module.declarations ?? []) {
          // the class is named after the tag, which the file of that name registers
          if (declaration.customElement) declaration.tagName = toTag(declaration.name);
          if (declaration.events) declaration.events = declaration.events.filter((event) => event.name);
        }
      }
      customElementsManifest.modules = customElementsManifest.modules.filter((module) =>
        module.declarations?.some((declaration) => declaration.tagName),
      );
      for (const module of customElementsManifest.modules) {
        module.declarations = module.declarations.filter((declaration) => declaration.tagName);
        for (const { name, tagName } of module.declarations) {
          module.exports = [
            { kind: 'js', name, declaration: { name, module: module.path } },
            { kind: 'custom-element-definition', name: tagName, declaration: { name, module: module.path } },
          ];
        }
      }
    },
  };
}

/** `CobrowseAgentView` -> `cobrowse-agent-view` */
function toTag(name) {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** `@status` and `@since` of a class comment. */
function statusTag() {
  return {
    name: 'status-tag',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const declaration = moduleDoc.declarations?.find((entry) => entry.name === node.name.text);
      if (!declaration) return;
      for (const tag of ts.getJSDocTags(node)) {
        const name = tag.tagName.text;
        if ((name === 'status' || name === 'since') && typeof tag.comment === 'string')
          declaration[name] = tag.comment.trim();
      }
    },
  };
}
