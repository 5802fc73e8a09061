/** What `build-cuts.mjs` leaves out of libraries, and why nothing of it is ever run. */

const none = '() => { error.unexpectedCase(); },';

/**
 * The doc holds maps of JSON values only, and the server refuses all else. Its updates are observed, not its maps. Updates are of format 1; format 2 is yjs's own
 * for what waits for something missing, and 1 does as well there.
 */
const yjs = {
  file: 'yjs/dist/yjs.mjs',
  sha256: 'a514c183100fc375eb46df9cb58acaf0deabbf414d2508841336179b1cb45107',
  remove: [
    ...['getArray', 'getText', 'getXmlElement', 'getXmlFragment', 'toJSON'].map((name) => `Doc.${name}`),
    ...['load', 'getSubdocs', 'getSubdocGuids'].map((name) => `Doc.${name}`),
    ...['clone', 'observe', 'observeDeep', 'unobserve', 'unobserveDeep', 'toJSON'].map(
      (name) => `AbstractType.${name}`,
    ),
    ...['clone', 'clear', 'forEach', 'toJSON', 'values', '_callObserver'].map((name) => `YMap.${name}`),
  ],
  edits: [
    ['readContentJSON, // 2', none],
    ['readContentBinary, // 3', none],
    ['readContentString, // 4', none],
    ['readContentEmbed, // 5', none],
    ['readContentFormat, // 6', none],
    ['readContentType, // 7', none],
    ['readContentDoc, // 9', none],
    ['content = new ContentBinary(/** @type {Uint8Array} */ (value));', 'error.unexpectedCase();'],
    ['content = new ContentDoc(/** @type {Doc} */ (value));', 'error.unexpectedCase();'],
    ['content = new ContentType(value);', 'error.unexpectedCase();'],
    ['cleanupYTextAfterTransaction(transaction);', ''],
    ['itemtype._callObserver(transaction, subs);', ''],
    ['if (type._dEH.l.length > 0 && (type._item === null || !type._item.deleted)) {', 'if (false) {'],
    ["if (doc._observers.has('updateV2')) {", 'if (false) {'],
    ['const encoder = new UpdateEncoderV2();', 'const encoder = new UpdateEncoderV1();', 3],
    ['const ds = new UpdateEncoderV2();', 'const ds = new UpdateEncoderV1();'],
    ['structDecoder = new UpdateDecoderV2(decoder))', 'structDecoder = new UpdateDecoderV1(decoder))'],
    [
      'new UpdateDecoderV2(decoding.createDecoder(store.pendingDs))',
      'new UpdateDecoderV1(decoding.createDecoder(store.pendingDs))',
    ],
    ['transactionOrigin, YDecoder = UpdateDecoderV2)', 'transactionOrigin, YDecoder = UpdateDecoderV1)'],
    ['encoder = new UpdateEncoderV2())', 'encoder = new UpdateEncoderV1())'],
    ['} else if (encoder.constructor === UpdateEncoderV2) {', '} else if (false) {'],
    ['(updates.map((update, i) => i === 0 ? update : convertUpdateFormatV2ToV1(update)))', '(updates)'],
    [
      '(updates, YDecoder = UpdateDecoderV2, YEncoder = UpdateEncoderV2)',
      '(updates, YDecoder = UpdateDecoderV1, YEncoder = UpdateEncoderV1)',
    ],
    [
      '(update, sv, YDecoder = UpdateDecoderV2, YEncoder = UpdateEncoderV2)',
      '(update, sv, YDecoder = UpdateDecoderV1, YEncoder = UpdateEncoderV1)',
    ],
    ['(doc, encoder = new DSEncoderV2())', '(doc, encoder = new DSEncoderV1())'],
  ],
};

const wrapped = (name, data, source) => `${name}: (${data}) => wrappedEmit({
            type: EventType.IncrementalSnapshot,
            data: {
              source: IncrementalSource.${source},
              ...${data}
            }
          }),`;

/**
 * We record no canvas, no fonts, no other origin's frames, inline no images, use neither hooks nor plugins, and mask what leaves rrweb, not
 * in it.
 */
const record = {
  file: '@rrweb/record/dist/record.js',
  sha256: 'e8d33f050806e45c14f80595fa132f015128c0beb29e3cd204a89f6615ae6aa1',
  remove: [
    ...[
      'handleMessage',
      'transformCrossOriginEvent',
      'replace',
      'replaceIds',
      'replaceStyleIds',
      'replaceIdOnNode',
      'patchRootIdOnNode',
    ].map((name) => `IframeManager.${name}`),
    ...['freeze', 'unfreeze', 'isFrozen'].map((name) => `MutationBuffer.${name}`),
    ...['CanvasManager', 'needMaskingText'],
  ],
  options: [
    ...['recordCanvas', 'canvasManager', 'dataURLOptions', 'inlineImages', 'collectFonts', 'ignoreSelector'],
    ...['maskTextClass', 'maskTextSelector', 'maskTextFn', 'needsMask', 'mousemoveWait', 'recordDOM', 'ignoreClass'],
    ...['userTriggeredOnInput', 'ignoreCSSAttributes', 'maskInputFn', 'recordCrossOriginIframes', 'slimDOMOptions'],
    ...['canvasMutationCb: wrappedCanvasMutationEmit'],
  ],
  empty: ['mergeHooks', 'polyfill', 'initViewportResizeObserver', 'initCustomElementObserver'],
  enums: ['EventType', 'IncrementalSource', 'MediaInteractions', 'NodeType', 'PointerTypes'],
  edits: [
    // nothing of what these two tell is sent: the sanitiser stops one, the recorder watches the size itself
    ['customElementObserver();', ''],
    ['viewportResizeHandler();', ''],
    ['if (o.collectFonts) {', 'if (false) {'],
    ['for (const plugin of o.plugins) {', 'if (false) for (const plugin of o.plugins) {'],
    ['for (const plugin of plugins || []) {', 'if (false) for (const plugin of plugins || []) {', 2],
    [
      'plugins: ((_a2 = plugins == null ? void 0 : plugins.filter(',
      'plugins: true ? [] : ((_a2 = plugins == null ? void 0 : plugins.filter(',
    ],
    [
      'const inEmittingFrame = recordCrossOriginIframes ? window.parent === window : true;',
      'const inEmittingFrame = true;',
    ],
    [
      'if (packFn && // Disable packing events which will be emitted to parent frames.\n    !passEmitsToParent) {',
      'if (false) {',
    ],
    ['const maskInputOptions = maskAllInputs === true ?', 'const maskInputOptions = false ?', 2],
    ['const exceedCount = checkoutEveryNth &&', 'const exceedCount = false &&'],
    ['const exceedTime = checkoutEveryNms &&', 'const exceedTime = false &&'],
    ['if (_slimDOMOptions === true || _slimDOMOptions === "all") {', 'if (false) {'],
    ['if (n instanceof BaseRRNode && "shadowRoot" in n) {', 'if (false) {'],
    // of older versions of rrweb
    ['if (typeof window !== "undefined" && window.Proxy && window.Reflect) {', 'if (false) {'],
    [
      `canvasManager = new CanvasManager({
    recordCanvas,
    mutationCb: wrappedCanvasMutationEmit,
    win: window,
    blockClass,
    blockSelector,
    mirror,
    sampling: sampling.canvas,
    dataURLOptions
  });`,
      '',
    ],
    ...['lock', 'unlock', 'reset'].map((name) => [`this.canvasManager.${name}();`, '']),
    // nothing is masked by rrweb but passwords, with stars
    ['let { needsMask } = options;', ''],
    [
      `if (!needsMask) {
    const checkAncestors = needsMask === void 0;
    needsMask = needMaskingText(
      n,
      maskTextClass,
      maskTextSelector,
      checkAncestors
    );
  }`,
      '',
    ],
    ['const { needsMask, maskTextFn, rootId, cssCaptured } = options;', 'const { rootId, cssCaptured } = options;'],
    ['if (!isStyle && !isScript && textContent2 && needsMask) {', 'if (false) {'],
    [
      `needMaskingText(
                m.target,
                this.maskTextClass,
                this.maskTextSelector,
                true
                // checkAncestors
              ) && value ? this.maskTextFn ? this.maskTextFn(value, closestElementOfNode(m.target)) : value.replace(/[\\S]/g, "*") : value,`,
      'value,',
    ],
    ['if (maskInputFn) {', 'if (false) {'],
    // never given
    ['this.iframes.set(iframeEl, true);', ''],
    [
      'if (target.classList.contains(ignoreClass) || ignoreSelector && target.matches(ignoreSelector)) {',
      'if (false) {',
    ],
    ['if (ignoreCSSAttributes.has(property)) {', 'if (false) {', 2],
    ['userTriggeredOnInput ?', 'false ?', 2],
    ['if (o.recordDOM) {', 'if (true) {', 2],
    ['if (!recordDOM) {', 'if (false) {'],
    ['if (mousemoveWait !== void 0 && sampling.mousemove === void 0) {', 'if (false) {'],
    ['if (slimDOMOptions.script &&', 'if (false &&'],
    ['n.tagName === "TITLE" && slimDOMOptions.headTitleMutations', 'false'],
    // always given
    ['if (slimDOMOptions.comment && ', 'if ('],
    ['if (slimDOMOptions.headWhitespace && ', 'if ('],
    ['slimDOMExcluded(_serializedNode, slimDOMOptions)', 'slimDOMExcluded(_serializedNode)'],
    ['const slimDOMOptions = slimDOMDefaults(_slimDOMOptions);', ''],
    ['const slimDOMOptions = slimDOMDefaults(slimDOM);', ''],
    ['slimDOM: slimDOMOptions,', ''],
    [', this.slimDOMOptions)', ')', 3],
    // nothing is ever frozen
    ['if (this.frozen || this.locked) {', 'if (this.locked) {'],
    ['__publicField(this, "frozen", false);', ''],
    [
      'if (((_a2 = mutationBuffers[0]) == null ? void 0 : _a2.isFrozen()) && e.type !== EventType.FullSnapshot && !(e.type === EventType.IncrementalSnapshot && e.data.source === IncrementalSource.Mutation)) {',
      'if (false) {',
    ],
    [
      `record.freezePage = () => {
  mutationBuffers.forEach((buf) => buf.freeze());
};`,
      '',
    ],
    [
      `record.addCustomEvent = (tag, payload) => {
  if (!recording) {
    throw new Error("please add custom event after start recording");
  }
  wrappedEmit({
    type: EventType.Custom,
    data: {
      tag,
      payload
    }
  });
};`,
      '',
    ],
    ...[
      ['fontCb', 'p', 'Font'],
      ['viewportResizeCb', 'd', 'ViewportResize'],
    ].map(([name, data, source]) => [wrapped(name, data, source), '']),
    [
      `customElementCb: (c) => {
            wrappedEmit({
              type: EventType.IncrementalSnapshot,
              data: {
                source: IncrementalSource.CustomElement,
                ...c
              }
            });
          },`,
      '',
    ],
    ['mutationBuffers.forEach((buf) => buf.unfreeze());', ''],
    // a trick for pages that replace it
    ['if (Array.from([1], (x) => x * 2)[0] !== 2) {', 'if (false) {'],
    [
      `for (var i = 0; i < chars.length; i++) {
  lookup[chars.charCodeAt(i)] = i;
}`,
      '',
    ],
    [
      `if (iframeEl.contentWindow)
      this.crossOriginIframeMap.set(iframeEl.contentWindow, iframeEl);`,
      '',
    ],
    ['this.recordCrossOriginIframes = options.recordCrossOriginIframes;', ''],
    ['this.wrappedEmit = options.wrappedEmit;', ''],
    ['if (this.recordCrossOriginIframes)', 'if (false)', 2],
    ['__publicField(this, "crossOriginIframeMirror", new CrossOriginIframeMirror(genId));', ''],
    [
      `this.crossOriginIframeStyleMirror = new CrossOriginIframeMirror(
      this.stylesheetManager.styleMirror.generateId.bind(
        this.stylesheetManager.styleMirror
      )
    );`,
      '',
    ],
    // what of the head isn't sent is the sanitiser's
    ['} else if (slimDOMOptions.headFavicon && (', '} else if (false && ('],
    ['} else if (sn.tagName === "meta") {', '} else if (false) {'],
    ['tagName === "canvas" && recordCanvas', 'false'],
    ['tagName === "img" && inlineImages', 'false'],
    ['const blob = typeof self !== "undefined"', 'const blob = false'],
  ],
};

/** Our provider is made with `disableBc`: tabs don't talk to each other behind the server's back. */
const provider = {
  file: 'y-websocket/src/y-websocket.js',
  sha256: '82a3809200d80bcc0744b0d16980349941fd7db01af39f88b041df7d63b4980f',
  empty: ['WebsocketProvider.connectBc'],
  edits: [],
};

/** The browsers that have a popover have TextEncoder's `encodeInto`, and a TextDecoder without the faults of Safari 13. */
const encoding = {
  file: 'lib0/encoding.js',
  sha256: 'e5c782283528460e02a517628d7fdf48f793b2c792d2a780242dac9df6522fa2',
  edits: [['(string.utf8TextEncoder && /** @type {any} */ (string.utf8TextEncoder).encodeInto)', 'true']],
};
const string = {
  file: 'lib0/string.js',
  sha256: '39bca44ea6071eb898e9e58a736dbc621d1e6677005d93b8ead41416b0a88ca2',
  edits: [
    ['encodeUtf8 = utf8TextEncoder ?', 'encodeUtf8 = true ?'],
    ['if (utf8TextDecoder && utf8TextDecoder.decode(new Uint8Array()).length === 1) {', 'if (false) {'],
  ],
};
const decoding = {
  file: 'lib0/decoding.js',
  sha256: '30d733a78cdb085b4b92f081713c16be9ab8587ba1505bb9d3bc0028c28b46f7',
  edits: [['readVarString = string.utf8TextDecoder ?', 'readVarString = true ?']],
};

/** Its errors keep their numbers. */
const fflate = {
  file: 'fflate/esm/browser.js',
  sha256: 'b7ca4450b19559a1d50eb381adcee94b82449674be4cd17789d9beba7e6122a1',
  edits: [['new Error(msg || ec[ind])', 'new Error(msg || `fflate ${ind}`)']],
};

export const LIBRARIES = [yjs, record, provider, encoding, string, decoding, fflate];

/** Modules that are replaced whole. */
export const STAND_INS = {
  // yjs prints two warnings with it; its colours need a schema checker and a random generator
  'lib0/logging.js': `
    export const ORANGE = '', BOLD = '', UNBOLD = '', RED = '';
    export const print = (...args) => console.log(...args);
    export const warn = (...args) => console.warn(...args);
  `,
  // reads settings of its own out of the page's address and localStorage
  'lib0/environment.js': `
    export const isNode = false, isBrowser = true, production = true, supportsColor = false;
    export const getVariable = () => null;
  `,
  // only used without \`disableBc\`
  'lib0/broadcastchannel.js': `
    export const subscribe = () => {}, unsubscribe = () => {}, publish = () => {};
  `,
};
