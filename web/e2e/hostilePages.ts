/** Pages in which the chat has to work. LINE stands for the embed code, SRC for the script's address, PLACE for the address without scheme. */

/** Styles of the page that match the chat's element, or change the body next to it. */
export const STYLES: Record<string, string> = {
  'what is not defined is hidden':
    ':not(:defined) { visibility: hidden !important; display: none !important }',
  'children of the body are laid out':
    'body > * { position: relative !important; z-index: 1 !important; float: left }',
  'children of the root are gone':
    'html > :not(head, body) { display: none !important; position: static !important }',
  'every element is of one kind':
    '* { font: italic 30px/3 serif !important; letter-spacing: 5px !important; text-transform: uppercase !important; text-align: center !important; color: #eee !important }',
  'every element is unset': '* { all: unset !important }',
  'every element is cut':
    '* { overflow: hidden !important; max-height: 40px !important; max-width: 40px !important; padding: 7px !important; clip-path: inset(50%) !important }',
  'nothing can be pressed or chosen':
    'html, body, * { pointer-events: none !important; user-select: none !important; cursor: none !important }',
  'letters run from the right':
    'html { direction: rtl } * { direction: rtl !important; unicode-bidi: bidi-override !important; writing-mode: vertical-rl !important }',
  'every element moves':
    '* { transition: all 5s !important; transform: translateX(-300px) rotate(9deg) !important }',
  'every element has an ornament':
    '*::before, *::after { content: "★★★" !important; display: block !important; position: fixed; inset: 0; background: red; z-index: 9 }',
  'every backdrop is dark':
    '::backdrop { background: #000 !important; opacity: 1 !important; pointer-events: auto !important }',
  'every popover is a menu':
    '[popover] { inset: 0 !important; margin: auto !important; width: 90vw !important; background: red !important; border: 9px solid !important }',
  'popovers and dialogs are hidden by a library':
    '[popover]:not(.shown) { opacity: 0 !important; display: none !important } dialog { width: 100vw !important }',
  'the body is a layer of its own': 'body { transform: translateZ(0) }',
  'the body is filtered': 'body { filter: grayscale(1) }',
  'the body contains what is fixed': 'body { contain: strict; will-change: transform; height: 50px }',
  'the body is seen from afar': 'body { perspective: 500px; overflow: hidden; height: 100px }',
  'the body is invisible': 'body { opacity: 0; visibility: hidden }',
  'the body is not there yet': 'body { display: none }',
  'the body is a grid':
    'html, body { display: grid; grid-template-columns: 50px 50px; place-items: center; height: 100% }',
  'the body is shrunk':
    'body { display: flex; flex-direction: column-reverse; position: fixed; inset: 0; zoom: 0.5 }',
  'the root is moved': 'html { transform: translateX(0); filter: sepia(0.3); perspective: 1px }',
  'the root is a box that scrolls':
    'html { overflow: hidden; height: 100%; position: fixed; width: 100% } body { overflow: auto; height: 100% }',
  'the root has large letters':
    'html { font-size: 40px; line-height: 3; word-spacing: 2em; text-indent: 5em }',
  'a curtain lies above all':
    'body::after { content: ""; position: fixed; inset: 0; z-index: 2147483647; background: #0009 }',
  'every element is mixed':
    '* { mix-blend-mode: difference !important; opacity: 0.01 !important; visibility: collapse !important }',
  'rules in a layer go before others':
    '@layer a { :not(html, head, body) { display: none !important; inset: -999px auto auto -999px !important } }',
  'every element is made smaller': '* { zoom: 0.8 !important }',
  'content is skipped': 'body { content-visibility: hidden }',
};

const name = (js: string) => `<body><script>${js}</script>LINE`;

/** Ways to run the embed code, and pages that use its names for something else. */
export const LINES: Record<string, string> = {
  'an element of its name': '<body><section id="rejoin"><h2>Rejoin now</h2></section>LINE',
  'a form of its name': '<body><form name="rejoin"><input name="identify"></form>LINE',
  'two images of its name': '<body><img name="rejoin" alt=""><img name="rejoin" alt="">LINE',
  'a frame of its name': '<body><iframe name="rejoin" title="Other"></iframe>LINE',
  'a variable that is a word': name('window.rejoin = "again"'),
  'a function of the page': name('function rejoin() {}'),
  'a frozen object': name('Object.defineProperty(window, "rejoin", { value: Object.freeze({}) })'),
  'a constant of the page': name('const rejoin = 4'),
  'a variable without a value': name('var rejoin; var open = 1'),
  'an element of the chat’s name': name(
    'customElements.define("rejoin-chat", class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: "open" }) } })',
  ),
  'an element of the chat’s name, and the line twice':
    '<body><script>customElements.define("rejoin-chat", class extends HTMLElement {})</script><rejoin-chat></rejoin-chat>LINE LINE',
  'a variable called CSS': name('var CSS = {}'),
  'without a head': name('document.head.remove()'),
  'without a right to locks': name(
    'navigator.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"))',
  ),
  'a colour that is none': '<body><script async src="SRC" data-accent="brand"></script>',
  'a colour that ends its rule':
    '<body><script async src="SRC" data-accent="red} * { display: none }"></script>',
  'a colour in a variable of the page':
    '<style>html { --brand: #7a2048 }</style><body><script async src="SRC" data-accent="var(--brand)"></script>',
  'a module': '<body><script type="module" src="SRC"></script>',
  'a module that imports it': '<body><script type="module">import "SRC"</script>',
  'an import later on': '<body><script>import("SRC")</script>',
  'twice on one page': '<body>LINE<p>LINE',
  'twice, as a script and as a module': '<body>LINE<script type="module" src="SRC"></script>',
  'in the head, at once': '<head><script src="SRC"></script></head><body><h1>Shop</h1>',
  'deferred, and with a version': '<head><script defer src="SRC?ver=6.5"></script></head><body>',
  'at a relative address': '<body><script async src="../widget/rejoin.js"></script>',
  'at an address without a scheme': '<body><script async src="PLACE"></script>',
  'under a base that comes later': '<body>LINE<base href="https://elsewhere.example/shop/">',
  'made by a tag manager, and removed':
    '<body><script>const made = document.createElement("script"); made.src = "SRC"; document.head.append(made); made.remove()</script>',
  'inserted before the first script':
    '<body><script>(function (d, s) { var first = d.getElementsByTagName(s)[0], js = d.createElement(s); js.async = 1; js.src = "SRC"; first.parentNode.insertBefore(js, first) })(document, "script")</script>',
  'held back by a plug-in':
    '<body><script type="lazy" data-lazy-src="SRC"></script><script>setTimeout(() => { const made = document.createElement("script"); made.src = document.querySelector("[data-lazy-src]").dataset.lazySrc; document.body.append(made) })</script>',
  'as text, with its address kept':
    '<body><script type="text/plain" data-src="SRC"></script><script>fetch("SRC").then((it) => it.text()).then((code) => { const made = document.createElement("script"); made.text = code; document.head.append(made) })</script>',
  'evaluated, with its address kept':
    '<body><script type="text/plain" data-src="SRC"></script><script>fetch("SRC").then((it) => it.text()).then((code) => (0, eval)(code))</script>',
  'from a blob, with its address kept':
    '<body><script type="text/plain" data-src="SRC"></script><script>fetch("SRC").then((it) => it.blob()).then((code) => { const made = document.createElement("script"); made.src = URL.createObjectURL(code); document.head.append(made) })</script>',
  'written by the page': '<body><script>document.write(\'<script src="SRC"><\\/script>\')</script>',
  'an address of the page’s called URL': '<body><script>const URL = "https://shop.example/"</script>LINE',
  'a class of the page’s called Event': '<body><script>window.Event = function () {}</script>LINE',
  'methods that every object inherits':
    '<body><script>Object.prototype.get = Object.prototype.set = function () {}</script>LINE',
  'after a script whose name ends as its own':
    '<body><script async src="/assets/my-rejoin.js" data-lang="ko"></script>LINE',
  'with traces of errors that are lists':
    '<body><script>Error.prepareStackTrace = (_, sites) => sites</script>LINE',
  'without traces of errors': '<body><script>Error.stackTraceLimit = 0</script>LINE',
};

/** Changes of the page after the chat has loaded. */
export const SWAPS: Record<string, string> = {
  'another body takes its place':
    'const next = document.createElement("body"); next.innerHTML = "<h1>Next</h1>"; document.documentElement.replaceChild(next, document.body)',
  'the body is set': 'document.body = document.createElement("body")',
  'the body is emptied': 'document.body.innerHTML = ""',
  'all of the root is replaced': 'document.documentElement.innerHTML = "<head></head><body>Next</body>"',
  'the root loses what it does not know':
    'for (const it of [...document.documentElement.children]) if (!/HEAD|BODY/.test(it.tagName)) it.remove()',
  'another root takes its place':
    'const next = document.implementation.createHTMLDocument("Next").documentElement; document.replaceChild(document.adoptNode(next), document.documentElement)',
  'all that is no part of the shop goes':
    'for (const it of document.querySelectorAll("rejoin-chat")) it.remove()',
  'a modal makes all else inert':
    'for (const it of document.body.children) { it.inert = true; it.ariaHidden = "true" }',
  'all popovers are closed': 'for (const it of document.querySelectorAll(":popover-open")) it.hidePopover()',
  'a view transition':
    'document.startViewTransition(() => { document.body.innerHTML = "<h1>Next</h1>" }).finished.then(() => {})',
};

/** Listeners of the page, installed before the chat; each sets `hit` when it gets an event of the chat. */
export const LISTENERS: Record<string, string> = {
  'hotkeys on the window':
    'addEventListener("keydown", (event) => { if (!/INPUT|TEXTAREA/.test(event.target.tagName)) { window.hit = 1; event.preventDefault() } })',
  'hotkeys that capture, and ask whether one writes':
    'addEventListener("keydown", (event) => { if (!/INPUT|TEXTAREA/.test(event.target.tagName) && !event.target.isContentEditable) { window.hit = 1; event.preventDefault() } }, true)',
  'hotkeys of the document':
    'document.onkeydown = document.onkeypress = document.onkeyup = (event) => { window.hit = 1; return false }',
  'hotkeys of the document that capture':
    'for (const type of ["keydown", "keypress", "keyup"]) document.addEventListener(type, (event) => { window.hit = 1; event.preventDefault(); event.stopPropagation() }, true)',
  'nothing may be copied, pasted or chosen':
    'for (const type of ["copy", "cut", "paste", "contextmenu", "selectstart", "dragstart", "mousedown"]) document.addEventListener(type, (event) => { window.hit = 1; event.preventDefault() }, true)',
  'a trap for the focus':
    'const box = document.querySelector("#search"); document.addEventListener("focusin", (event) => { if (event.target !== box) { window.hit = 1; box.focus() } }, true); document.addEventListener("focus", (event) => { if (event.target !== box && event.target !== document) { window.hit = 1; box.focus() } }, true)',
  'input that is watched':
    'for (const type of ["input", "beforeinput", "compositionstart"]) document.addEventListener(type, (event) => { window.hit = 1; event.preventDefault() }, true)',
  'a menu that closes by a press elsewhere':
    'for (const type of ["click", "pointerdown", "mouseup", "touchstart"]) document.addEventListener(type, () => { window.hit = 1 })',
  'a page that scrolls by itself':
    'addEventListener("wheel", (event) => { window.hit = 1; event.preventDefault() }, { passive: false })',
};

const tall = '<p style="height: 3000px">Shop</p>';

/** Pages with these styles or listeners. */
export const styled = (css: string) => `<style>${css}</style><body>${tall}LINE`;
export const listening = (js: string) => `<body><input id="search">${tall}<script>${js}</script>LINE`;
