/** Dependencies point one way: elements -> session -> transport -> protocol; parts know the protocol, not the elements. */
const elements = '^components/(consent|join|toolbar|agent-view|session-provider|cobrowse-)';
const parts = '^components/(mirror|control|annotations|screen)/';
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule('no-circular', 'A cycle has no one-way direction.', { pathNot: 'node_modules' }, { circular: true }),
    rule(
      'protocol-knows-nobody',
      'protocol/ has no DOM, no Node, and imports nothing of ours.',
      { path: '^protocol/', pathNot: '\\.test\\.ts$' },
      { path: '^(components|sync-server|demo)/|^node:|node_modules' },
    ),
    rule(
      'server-knows-protocol-only',
      'The server imports the protocol and its libraries.',
      { path: '^sync-server/', pathNot: '\\.test\\.ts$' },
      { path: '^(components|demo|e2e|bench)/' },
    ),
    rule(
      'transport-below-session',
      'The transport knows the protocol only.',
      { path: '^components/transport/', pathNot: '\\.test\\.ts$' },
      { path: '^components/(?!transport/)' },
    ),
    rule(
      'session-below-elements',
      'The store has no DOM and no Lit.',
      { path: '^components/session/', pathNot: '\\.test\\.ts$' },
      { path: `${elements}|${parts}|node_modules/(lit|@lit)/` },
    ),
    rule(
      'parts-know-no-elements',
      'mirror, control, annotations and screen know neither elements nor each other’s insides by way of elements.',
      { path: parts, pathNot: '\\.test\\.ts$' },
      { path: `${elements}|^sync-server/` },
    ),
    rule('no-test-in-source', 'Sources do not import tests.', { pathNot: '\\.test\\.ts$' }, { path: '\\.test\\.ts$' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
