/** What a consumer's side that speaks the protocol by hand might put into a page, written from the specifications. */
export interface Vector {
  /** Distinct: what it is and how it is written. */
  name: string;
  tag: string;
  attributes: Record<string, string>;
  isSvg?: true;
  /** Text inside, for tags that run or fetch it. */
  text?: string;
  /** Attributes of a field inside. */
  field?: Record<string, string>;
}

/** Sets the flag on every window that it could reach. */
export const ATTACK = 'try{top.attacked=true}catch{}try{parent.attacked=true}catch{}attacked=true';
/** Where nothing may ask for anything; `#` is the number of the vector. */
export const ELSEWHERE = '/hostile-canary/#';

const EVENTS =
  'abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur cancel canplay canplaythrough change click close command contextlost contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied end ended error focus focusin focusout formdata fullscreenchange fullscreenerror gotpointercapture hashchange input invalid keydown keypress keyup languagechange load loadeddata loadedmetadata loadstart lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pagereveal pageshow pageswap paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress ratechange readystatechange rejectionhandled repeat reset resize scroll scrollend scrollsnapchange scrollsnapchanging search securitypolicyviolation seeked seeking select selectionchange selectstart slotchange stalled storage submit suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend webkitanimationstart webkittransitionend wheel'.split(
    ' ',
  );
const tagsOfEvents = ['img', 'svg', 'body', 'video', 'details', 'input', 'iframe', 'marquee', 'form', 'custom-tag'];

/** Tag and attribute of each place that takes an address. */
const ADDRESSES =
  'a:href area:href base:href link:href a:ping area:ping iframe:src frame:src embed:src object:data object:codebase object:classid applet:code applet:archive form:action button:formaction input:formaction input:src img:src img:srcset img:longdesc img:dynsrc img:lowsrc video:poster video:src audio:src source:src source:srcset track:src script:src script:xlink:href body:background table:background td:background blockquote:cite q:cite del:cite ins:cite html:manifest use:href use:xlink:href image:href image:xlink:href feImage:href mpath:href animate:href set:href textPath:href linearGradient:href pattern:href math:href mi:xlink:href portal:src fencedframe:src bgsound:src xml:src layer:src isindex:action command:icon menuitem:icon'.split(
    ' ',
  );
const SVG = /^(?:use|image|feImage|mpath|animate|set|textPath|linearGradient|pattern)$/;
const FRAMING = /^(?:iframe|frame|embed|object|portal|fencedframe|script|link|base|form|button|track|bgsound)$/;
const code = ATTACK.replaceAll('{', '%7b').replaceAll('}', '%7d');
const SPELLINGS: Record<string, string> = {
  plain: `javascript:${code}`,
  'in other case': `JaVaScRiPt:${code}`,
  'with a tab': `java\tscript:${code}`,
  'with a line break': `java\r\nscript:${code}`,
  'behind a control character': `\u0001javascript:${code}`,
  'behind spaces': ` \u00a0 javascript:${code}`,
  'as a document': `data:text/html,<script>${ATTACK}</script>`,
  'as an encoded document': `data:text/html;base64,${btoa(`<script>${ATTACK}</script>`)}`,
  'as XHTML': `data:application/xhtml+xml,<html xmlns="http://www.w3.org/1999/xhtml"><script>${ATTACK}</script></html>`,
  'as an old script': 'vbscript:top.attacked=true',
  'by view-source': `view-source:javascript:${code}`,
  'by a script inside a feed': `feed:javascript:${code}`,
};

const handlers: Vector[] = EVENTS.map((event, i) => {
  const tag = tagsOfEvents[i % tagsOfEvents.length]!;
  // as they are, and in case that HTML folds
  const attribute = i % 3 === 1 ? `oN${event}` : i % 3 === 2 ? `ON${event.toUpperCase()}` : `on${event}`;
  return { name: `${attribute} of ${tag}`, tag, attributes: { [attribute]: ATTACK, autofocus: '', tabindex: '0' } };
});

const addresses: Vector[] = ADDRESSES.flatMap((place) => {
  const [tag = '', ...rest] = place.split(':');
  const attribute = rest.join(':');
  return Object.entries(SPELLINGS).map(([spelling, value]) => ({
    ...{ name: `${attribute} of ${tag} ${spelling}`, tag, attributes: { [attribute]: value } },
    ...(SVG.test(tag) ? { isSvg: true as const } : {}),
  }));
});

/** Real addresses in places that make a document, a script, a request that no picture needs. */
const visits: Vector[] = ADDRESSES.filter((place) => FRAMING.test(place.split(':')[0]!)).map((place) => {
  const [tag = '', ...rest] = place.split(':');
  return {
    ...{ name: `${rest.join(':')} of ${tag} elsewhere`, tag },
    attributes: { [rest.join(':')]: ELSEWHERE, rel: 'prefetch', kind: 'subtitles', default: '' },
  };
});

const links: Vector[] =
  'import prefetch preload modulepreload preconnect dns-prefetch prerender next manifest icon apple-touch-icon serviceworker expect compression-dictionary search pingback'
    .split(' ')
    .map((rel) => ({
      name: `link rel=${rel}`,
      tag: 'link',
      attributes: { rel, as: 'script', href: ELSEWHERE, type: 'text/html' },
    }));

const refreshes: Vector[] = [
  `0;url=javascript:${code}`,
  '0;url=/hostile-canary/refresh',
  "0; URL='/hostile-canary/refresh-quoted'",
  '0,/hostile-canary/refresh-comma',
  ' 0 ;\turl = /hostile-canary/refresh-spaces',
  `0;url=data:text/html,<script>${ATTACK}</script>`,
].map((content, i) => ({
  name: `refresh ${content.slice(0, 40)}`,
  tag: 'meta',
  attributes: { [i % 2 ? 'HTTP-EQUIV' : 'http-equiv']: i % 2 ? 'ReFrEsH' : 'refresh', content },
}));

const metas: Vector[] = [
  'set-cookie',
  'content-security-policy',
  'x-ua-compatible',
  'default-style',
  'origin-trial',
].map((kind) => ({
  ...{ name: `meta ${kind}`, tag: 'meta' },
  attributes: { 'http-equiv': kind, content: `attacked=1; script-src 'unsafe-inline'` },
}));

const scripts: Vector[] = [
  { name: 'script', tag: 'script', attributes: {}, text: ATTACK },
  { name: 'script in other case', tag: 'ScRiPt', attributes: {}, text: ATTACK },
  { name: 'module', tag: 'script', attributes: { type: 'module' }, text: ATTACK },
  { name: 'import map', tag: 'script', attributes: { type: 'importmap' }, text: '{"imports":{"lit":"/hostile-canary/map"}}' },
  { name: 'speculation rules', tag: 'script', attributes: { type: 'speculationrules' }, text: '{"prefetch":[{"urls":["/hostile-canary/rules"]}]}' },
  { name: 'script of SVG', tag: 'script', attributes: {}, isSvg: true, text: ATTACK },
  { name: 'srcdoc', tag: 'iframe', attributes: { srcdoc: `<script>${ATTACK}</script>` } },
  { name: 'srcdoc in other case', tag: 'IFRAME', attributes: { SrcDoc: `<img src=x onerror="${ATTACK}">` } },
  { name: 'srcdoc that lets itself do more', tag: 'iframe', attributes: { sandbox: 'allow-scripts allow-same-origin allow-top-navigation', allow: '*', srcdoc: `<script>${ATTACK}</script>` } },
  { name: 'frame of a policy of its own', tag: 'iframe', attributes: { csp: "script-src 'unsafe-inline'", credentialless: '', src: ELSEWHERE } },
  { name: 'noscript', tag: 'noscript', attributes: {}, text: `<img src=x onerror="${ATTACK}">` },
  { name: 'plaintext', tag: 'plaintext', attributes: {}, text: `<script>${ATTACK}</script>` },
  { name: 'template of a shadow root', tag: 'template', attributes: { shadowrootmode: 'open' }, text: `<script>${ATTACK}</script>` },
  { name: 'built-in that is another', tag: 'button', attributes: { is: 'cobrowse-consent' } },
  { name: 'one of our own tags', tag: 'cobrowse-session', attributes: { server: 'ws://127.0.0.1:1', session: 'x', token: 'x' } },
  { name: 'link that opens the top', tag: 'a', attributes: { href: '/hostile-canary/top', target: '_top', autofocus: '' } },
  { name: 'form that sends itself', tag: 'form', attributes: { action: '/hostile-canary/form', target: '_parent', method: 'post' } },
  { name: 'button that acts on another', tag: 'button', attributes: { commandfor: 'x', command: 'show-modal', popovertarget: 'x' } },
  { name: 'attribution', tag: 'img', attributes: { attributionsrc: ELSEWHERE } },
  { name: 'shared storage', tag: 'img', attributes: { sharedstoragewritable: '' } },
]; // prettier-ignore

const animations: Vector[] = ['values', 'to', 'from', 'by'].flatMap((how) =>
  ['animate', 'set', 'animateMotion', 'animateTransform'].map((tag) => ({
    ...{ name: `${tag} ${how} of an address`, tag, isSvg: true as const },
    attributes: { attributeName: how === 'by' ? 'xlink:href' : 'href', begin: '0s', [how]: `javascript:${code}` },
  })),
);

const styles: Vector[] = [
  `@import 'javascript:${code}';`,
  "@import '/hostile-canary/import';",
  '@import url(/hostile-canary/import-url) layer(x) supports(display: grid) screen;',
  '@charset "utf-7"; b { color: red }',
  `* { -moz-binding: url('javascript:${code}#x'); behavior: url(/hostile-canary/behavior) }`,
  `* { width: expression(${ATTACK}); }`,
  '</style><script>top.attacked=true</script>',
  '<!--</style>--><img src=x onerror="top.attacked=true">',
  'a:visited { background: url(/hostile-canary/visited) }',
].map((text) => ({ name: `style ${text.slice(0, 40)}`, tag: 'style', attributes: { _cssText: text }, text }));

const names: Vector[] =
  'body head documentElement setAttribute removeAttribute getAttribute tagName nodeName remove append isConnected dispatchEvent addEventListener style classList children shadowRoot attachShadow getRootNode nodeValue textContent defaultView forms cookie getElementById createElement createTextNode querySelector querySelectorAll adoptedStyleSheets implementation activeElement contains appendChild insertBefore removeChild parentNode childNodes attributes nodeType ownerDocument firstChild nextSibling __proto__ constructor prototype toString valueOf hasOwnProperty location top parent frames self window document'
    .split(' ')
    .flatMap((name): Vector[] => [
      { name: `img called ${name}`, tag: 'img', attributes: { name, id: name } },
      { name: `form called ${name}`, tag: 'form', attributes: { name, id: name } },
      { name: `field called ${name}`, tag: 'form', attributes: {}, field: { name, id: name } },
    ]);

const oddities: Vector[] = [
  'script\u0000', 'a b', 'x>y', '<script>', 'svg:script', 'xlink:href', '', '1', '__proto__', 'constructor', 'html', 'body', 'head', 'frameset', 'xmp', 'listing', 'marquee', 'keygen', 'param', 'selectedcontent', 'annotation-xml', 'maction', 'mglyph', 'foreignObject',
].flatMap((tag): Vector[] => [
  { name: `tag ${JSON.stringify(tag)}`, tag, attributes: { onclick: ATTACK, href: `javascript:${code}` } },
  { name: `tag of SVG ${JSON.stringify(tag)}`, tag, attributes: { onload: ATTACK, 'xlink:href': `javascript:${code}` }, isSvg: true },
]); // prettier-ignore

const attributes: Vector[] = [
  '', ' ', 'on click', 'onclick ', ' onclick', 'onclick\u0000', 'onclick=', '"onclick', 'xml:onload', 'xmlns', 'xmlns:xlink', '__proto__', 'constructor', 'innerHTML', 'outerHTML', 'textContent', 'rr_dataURL', 'rr_src', 'rr_width', 'rr_mediaState', 'rr_scrollLeft', '_cssText', 'style', 'class',
].map((name) => ({ name: `attribute ${JSON.stringify(name)}`, tag: 'div', attributes: { [name]: `javascript:${code}` } })); // prettier-ignore

export const VECTORS: readonly Vector[] = [
  ...[
    handlers,
    addresses,
    visits,
    links,
    refreshes,
    metas,
    scripts,
    animations,
    styles,
    names,
    oddities,
    attributes,
  ].flat(),
].map((vector, i) => ({
  ...vector,
  attributes: Object.fromEntries(
    Object.entries(vector.attributes).map(([name, value]) => [name, value.replace(ELSEWHERE, `/hostile-canary/${i}`)]),
  ),
}));
