/**
 * `<latchkey-keys>`: a customer's page of API keys, over the routes of `keysRouter()`.
 *
 * Attributes: `base`, where the routes are, by default the folder that this file came from; `suspend`, to offer suspending
 * and resuming; `expiries` and `graces`, the lifetimes to choose from, such as `7d 30d`; `page-size`; `theme`, `light` or
 * `dark` instead of what the system prefers; `strings`, texts as JSON. Properties: `base`, `strings`, and `fetch`, a
 * function instead of the browser's, for a header of one's own. Method: `refresh()`.
 *
 * Events, none of which ever holds a key: `latchkey-loaded`, `latchkey-created`, `latchkey-renamed`, `latchkey-rolled`,
 * `latchkey-suspended`, `latchkey-resumed`, `latchkey-revoked`, with the key's record as `detail`; `latchkey-error`, with
 * `status`, `code` and `message`. Colours and fonts are CSS custom properties, all beginning with `--latchkey-`.
 *
 * It needs nothing but `script-src 'self'` and `connect-src 'self'`: there is no markup from texts and no inline style.
 */

const HERE = new URL('.', import.meta.url).href;
const SOON = 7 * 86_400;
const UNITS = { s: ['second', 1], m: ['minute', 60], h: ['hour', 3600], d: ['day', 86_400], w: ['week', 604_800] };

/** All texts by name; `{name}` is the key's name, or its id where it has none, and `{when}` a time. */
export const STRINGS = {
    title: 'API keys',
    intro: 'Send a key as a bearer token with each call.',
    create: 'Create key',
    creating: 'Creating…',
    cancel: 'Cancel',
    done: 'Done',
    save: 'Save',
    saving: 'Saving…',
    loading: 'Loading keys…',
    retry: 'Try again',
    more: 'Show more',
    loaded: 'Keys shown: {count}',
    emptyTitle: 'No keys yet',
    emptyText: 'Create one to make your first call.',
    columnName: 'Name',
    columnStatus: 'Status',
    columnCreated: 'Created',
    columnExpires: 'Expires',
    columnActions: 'Actions',
    unnamed: 'Unnamed key',
    active: 'Active',
    suspended: 'Suspended',
    ending: 'Replaced',
    expired: 'Expired',
    revoked: 'Revoked',
    ends: 'stops {when}',
    ended: 'ended {when}',
    createTitle: 'Create a key',
    name: 'Name',
    nameHint: 'Such as where you use it: “Production”, “CI”.',
    expiry: 'Expires',
    expiryDefault: 'Standard lifetime',
    expiryAfter: 'After {time}',
    createdTitle: 'Your new key',
    once: 'Copy the key now. It is shown this once only, and nobody can show it again.',
    keyLabel: 'The new key',
    copy: 'Copy key',
    copied: 'Copied',
    copyFailed: 'The browser did not allow copying. The key is selected: copy it by keyboard or menu.',
    notCopied: 'You have not copied the key. Once this is closed, it is gone.',
    closeAnyway: 'Close without copying',
    created: 'Key {name} created.',
    rename: 'Rename',
    renameTitle: 'Rename {name}',
    renamed: 'Key renamed to {name}.',
    roll: 'Roll',
    rollTitle: 'Roll {name}',
    rollText: 'You get a new key with the same name and settings. How long shall the old one still work?',
    rollNone: 'Not at all',
    rollNoneHint: 'It ends at once.',
    rollSubmit: 'Roll key',
    rolling: 'Rolling…',
    rolled: 'Key {name} rolled.',
    rolledUntil: 'The old key works until {when}.',
    rolledNow: 'The old key has ended; calls with it may still get through for a short while.',
    suspend: 'Suspend',
    suspendTitle: 'Suspend {name}?',
    suspendText: 'Calls with it are refused until you resume it.',
    suspendSubmit: 'Suspend key',
    suspending: 'Suspending…',
    suspendDone: 'Key {name} suspended. By {when} at the latest, no call with it gets through.',
    resume: 'Resume',
    resumeTitle: 'Resume {name}?',
    resumeText: 'Calls with it are let in again.',
    resumeSubmit: 'Resume key',
    resuming: 'Resuming…',
    resumeDone: 'Key {name} resumed. By {when} at the latest, calls with it get through again.',
    revoke: 'Revoke',
    revokeTitle: 'Revoke {name}?',
    revokeText: 'Calls with it are refused from then on. This cannot be undone.',
    revokeSubmit: 'Revoke key',
    revoking: 'Revoking…',
    revokeDone: 'Key {name} revoked. By {when} at the latest, no call with it gets through.',
    failed: 'This did not work just now. Try again in a moment.',
    offline: 'There is no connection. Check your network, and try again.',
    signedOut: 'You are signed out. Sign in again, and reload this page.',
    notSetUp: 'Keys cannot be managed here.',
    gone: 'This key is not there any more. Reload the page.',
};

const CSS = `
:host {
    --accent: var(--latchkey-accent, #2457b3);
    --on-accent: var(--latchkey-on-accent, #ffffff);
    --surface: var(--latchkey-surface, #ffffff);
    --sunken: var(--latchkey-sunken, #f6f6f4);
    --line: var(--latchkey-line, #dfdfda);
    --control-line: var(--latchkey-control-line, #85888e);
    --text: var(--latchkey-text, #1b1d20);
    --muted: var(--latchkey-muted, #5a5f67);
    --good: var(--latchkey-good, #14683a);
    --good-ground: var(--latchkey-good-ground, #e6f4eb);
    --warn: var(--latchkey-warn, #7a4b00);
    --warn-ground: var(--latchkey-warn-ground, #fdf1da);
    --bad: var(--latchkey-bad, #a8201a);
    --on-bad: var(--latchkey-on-bad, #ffffff);
    --bad-ground: var(--latchkey-bad-ground, #fcebe9);
    --radius: var(--latchkey-radius, 12px);
    --font: var(--latchkey-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif);
    --mono: var(--latchkey-mono, ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
    display: block;
    container-type: inline-size;
    color-scheme: light;
    color: var(--text);
    font: 1rem/1.5 var(--font);
    text-align: start;
}

:host([hidden]) { display: none; }

@media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) {
        --accent: var(--latchkey-accent, #8ab4ff);
        --on-accent: var(--latchkey-on-accent, #0b1a33);
        --surface: var(--latchkey-surface, #1a1c20);
        --sunken: var(--latchkey-sunken, #121317);
        --line: var(--latchkey-line, #30333a);
        --control-line: var(--latchkey-control-line, #7d828b);
        --text: var(--latchkey-text, #e7e8ea);
        --muted: var(--latchkey-muted, #a4a9b1);
        --good: var(--latchkey-good, #7bd6a0);
        --good-ground: var(--latchkey-good-ground, #14291d);
        --warn: var(--latchkey-warn, #f0c06a);
        --warn-ground: var(--latchkey-warn-ground, #2e2310);
        --bad: var(--latchkey-bad, #ff9f97);
        --on-bad: var(--latchkey-on-bad, #2b0a08);
        --bad-ground: var(--latchkey-bad-ground, #331a1a);
        color-scheme: dark;
    }
}
DARK_THEME

*, *::before, *::after { box-sizing: border-box; }
h2, h3, p { margin: 0; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

.card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    overflow: clip;
}

header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    padding: 1.25rem 1.5rem;
}

h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; }
h2:focus { outline: none; }
header p { color: var(--muted); font-size: 0.875rem; }

button, input, select { font: inherit; }

button, input, select {
    min-height: 2.375rem;
    padding: 0.25rem 0.875rem;
    border: 1px solid var(--control-line);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
}

button { font-weight: 500; white-space: nowrap; cursor: pointer; transition: background-color 120ms, border-color 120ms; }
button:hover { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, var(--surface)); }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
button.danger { border-color: var(--bad); background: var(--bad); color: var(--on-bad); }
button.danger:hover { background: color-mix(in srgb, var(--bad) 88%, var(--text)); }
button[aria-disabled="true"] { opacity: 0.65; cursor: progress; }

button.quiet { min-height: 2rem; padding: 0 0.5rem; border-color: transparent; background: transparent; color: var(--accent); font-size: 0.875rem; }
button.quiet:hover { background: color-mix(in srgb, var(--accent) 10%, transparent); }
button.quiet.bad { color: var(--bad); }
button.quiet.bad:hover { background: color-mix(in srgb, var(--bad) 10%, transparent); }

table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
thead th { padding: 0.5rem 0.75rem; border-block: 1px solid var(--line); background: var(--sunken); color: var(--muted); font-size: 0.8125rem; font-weight: 600; text-align: start; }
tbody th, td { padding: 0.875rem 0.75rem; border-bottom: 1px solid var(--line); vertical-align: top; text-align: start; font-weight: 400; }
th:first-child { padding-inline-start: 1.5rem; }
thead th:last-child { padding-inline-end: 1.5rem; text-align: end; }
td:last-child { padding-inline-end: 1rem; text-align: end; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:focus { outline: none; }
tbody tr:focus-visible { outline: 3px solid var(--accent); outline-offset: -3px; }

.name { display: block; font-weight: 600; overflow-wrap: anywhere; }
.name.none { color: var(--muted); font-weight: 500; }
.id { display: block; color: var(--muted); font: 0.75rem/1.5 var(--mono); overflow-wrap: anywhere; }
td time { display: block; white-space: nowrap; }
td small { display: block; color: var(--muted); font-size: 0.8125rem; white-space: nowrap; }
td small.soon { color: var(--warn); }
.over .name, .over time { color: var(--muted); }

.badge { display: inline-flex; align-items: center; gap: 0.375rem; padding: 0.0625rem 0.625rem; border-radius: 999px; background: var(--sunken); color: var(--muted); font-size: 0.8125rem; font-weight: 500; white-space: nowrap; }
.badge::before { content: ""; width: 0.4375rem; height: 0.4375rem; border-radius: 50%; background: currentcolor; }
.badge.active { background: var(--good-ground); color: var(--good); }
.badge.suspended, .badge.ending { background: var(--warn-ground); color: var(--warn); }
.badge.revoked { background: var(--bad-ground); color: var(--bad); }

.actions { display: flex; flex-wrap: wrap; justify-content: end; gap: 0.125rem; margin-block: -0.25rem; }

.state { display: grid; justify-items: center; gap: 0.5rem; padding: 3rem 1.5rem 3.5rem; border-top: 1px solid var(--line); text-align: center; }
.state h3 { font-size: 1.0625rem; }
.state p { max-width: 32rem; color: var(--muted); }
.state button { margin-top: 0.75rem; }
.glyph { display: grid; place-items: center; width: 3rem; height: 3rem; margin-bottom: 0.25rem; border-radius: 50%; background: color-mix(in srgb, var(--accent) 12%, var(--surface)); color: var(--accent); }
.glyph.bad { background: var(--bad-ground); color: var(--bad); font-size: 1.5rem; font-weight: 700; }
.glyph svg { width: 1.5rem; height: 1.5rem; fill: none; stroke: currentcolor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }

.skeleton { display: grid; gap: 1.5rem; padding: 1.5rem; border-top: 1px solid var(--line); }
.skeleton span { display: block; height: 1rem; border-radius: 6px; background: linear-gradient(90deg, var(--line), var(--sunken), var(--line)); background-size: 200% 100%; animation: shimmer 1.6s linear infinite; }
.skeleton span:nth-child(2) { width: 82%; }
.skeleton span:nth-child(3) { width: 90%; }
@keyframes shimmer { to { background-position: -200% 0; } }

.more { padding: 0.875rem 1.5rem; border-top: 1px solid var(--line); text-align: center; }
.more .error { margin: 0 0 0.5rem; }
.error { color: var(--bad); overflow-wrap: anywhere; }
.notice { margin: 0 1.5rem 1.25rem; padding: 0.625rem 0.875rem; border-radius: 8px; background: var(--good-ground); color: var(--good); font-size: 0.9375rem; overflow-wrap: anywhere; }

.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

dialog { width: min(32rem, calc(100vw - 2rem)); max-height: calc(100dvh - 2rem); padding: 0; overflow: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); color: var(--text); box-shadow: 0 16px 48px rgb(0 0 0 / 30%); font: 1rem/1.5 var(--font); }
dialog::backdrop { background: rgb(10 12 16 / 55%); }
form { display: grid; gap: 1rem; padding: 1.5rem; }
dialog h2 { font-size: 1.125rem; overflow-wrap: anywhere; }
.field { display: grid; gap: 0.25rem; }
label, legend { font-size: 0.875rem; font-weight: 500; }
.hint { color: var(--muted); font-size: 0.8125rem; }
.field input, .field select { width: 100%; }

fieldset { display: grid; gap: 0.5rem; min-width: 0; margin: 0; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 0.625rem; font-size: 1rem; font-weight: 400; }
.choice { display: flex; align-items: center; gap: 0.625rem; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 8px; font-size: 1rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, var(--surface)); }
.choice:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice input { flex: none; width: 1rem; height: 1rem; min-height: 0; margin: 0; outline: none; accent-color: var(--accent); }
.choice .hint { margin-inline-start: auto; text-align: end; font-weight: 400; }

.buttons { display: flex; flex-wrap: wrap; justify-content: end; gap: 0.625rem; margin-top: 0.25rem; }
.warning { padding: 0.75rem 0.875rem; border-radius: 8px; background: var(--warn-ground); color: var(--warn); font-size: 0.9375rem; font-weight: 500; }
.warning.strong { background: var(--bad-ground); color: var(--bad); }
.key { max-height: 10.5rem; overflow: auto; padding: 0.75rem 0.875rem; border: 1px solid var(--line); border-radius: 8px; background: var(--sunken); font: 0.8125rem/1.55 var(--mono); word-break: break-all; user-select: all; }

@container (max-width: 46rem) {
    header { padding: 1.125rem 1rem; }
    table, tbody, tr, tbody th, td { display: block; }
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.5rem 0.75rem; padding: 1rem; border-top: 1px solid var(--line); }
    tbody tr > * { padding: 0; border: 0; }
    tbody th { display: contents; }
    .name { order: -3; font-size: 1rem; }
    .status { order: -2; }
    .id { order: -1; grid-column: 1 / -1; margin-top: -0.375rem; }
    .actions-cell { grid-column: 1 / -1; }
    .actions-cell:has(.actions:empty) { display: none; }
    td:last-child { padding: 0; text-align: start; }
    .when { grid-column: 1 / -1; display: grid; grid-template-columns: 5.5rem 1fr; font-size: 0.875rem; }
    .when::before { content: attr(data-label); color: var(--muted); }
    .when time, .when small { display: inline; white-space: normal; font-size: inherit; }
    .actions { justify-content: start; margin-inline-start: -0.5rem; }
    button.quiet { min-height: 2.5rem; }
}

@media (max-width: 30rem) {
    form { padding: 1.25rem 1rem; }
    .buttons { flex-direction: column-reverse; }
    .choice .hint { display: none; }
}

@media (prefers-reduced-motion: reduce) {
    * { transition: none !important; animation: none !important; }
}
`;

/** An element with attributes, properties (functions become listeners) and children; texts stay texts. */
function h(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            made.addEventListener(attribute, value);
        } else if (value !== false && value !== undefined && value !== null) {
            made.setAttribute(attribute, value === true ? '' : value);
        }
    }
    made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
    return made;
}

/** The picture of a key. */
function keyGlyph() {
    const SVG = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M12.2 11.8 20.5 3.5M17.5 6.5l2.5 2.5M13.5 15.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Z');
    svg.append(path);
    return h('span', { class: 'glyph', 'aria-hidden': 'true' }, svg);
}

/** A text with its `{places}` filled. */
function fill(text, values = {}) {
    return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** Number and unit of a lifetime such as `24h`; undefined where it is none. */
function lifetime(text) {
    const match = /^(\d+)([smhdw]?)$/.exec(text);
    return match && { count: Number(match[1]), unit: UNITS[match[2] || 's'][0] };
}

/** What a key is to its customer: the status of its record, and what time has made of it. */
function stateOf(key, now) {
    if (key.status === 'revoked' || (key.endsAt && Date.parse(key.endsAt) <= now)) {
        return 'revoked';
    }
    if (Date.parse(key.expiresAt) <= now) {
        return 'expired';
    }
    if (key.status === 'suspended') {
        return 'suspended';
    }
    return key.endsAt || key.rolledInto ? 'ending' : 'active';
}

/** When a key ends or has ended; undefined for a revoked one of which that is not known. */
function endOf(key, state) {
    switch (state) {
        case 'revoked':
            return key.endsAt ?? undefined;
        case 'expired':
            return key.expiresAt;
        default:
            return key.endsAt ?? key.expiresAt;
    }
}

/** What can be done with a key, by its state. */
const ACTIONS = {
    active: ['rename', 'roll', 'suspend', 'revoke'],
    ending: ['rename', 'revoke'],
    suspended: ['rename', 'resume', 'revoke'],
    expired: [],
    revoked: [],
};

/** The style sheet, with the dark colours for those who ask for them by attribute, too. */
function styleSheet() {
    const [, dark] = /:host\(:not\(\[theme="light"\]\)\) (\{[^}]*\})/.exec(CSS);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS.replace('DARK_THEME', `:host([theme="dark"]) ${dark}`));
    return sheet;
}

let sheet;

/** The element. */
export class LatchkeyKeys extends (globalThis.HTMLElement ?? class {}) {
    static observedAttributes = ['base', 'suspend', 'page-size', 'strings', 'expiries', 'graces'];

    #root;
    #strings = {};
    #fetch;
    #keys = [];
    #cursor = null;
    #phase = 'loading';
    #error = '';
    #turn = 0;
    #queued = false;

    constructor() {
        super();
        this.#root = this.attachShadow({ mode: 'open' });
        this.#root.adoptedStyleSheets = [(sheet ??= styleSheet())];
    }

    connectedCallback() {
        for (const name of ['base', 'strings', 'fetch']) {
            this.#takeOver(name);
        }
        this.#build();
        this.refresh();
    }

    disconnectedCallback() {
        this.#turn++;
        this.#root.replaceChildren();
    }

    attributeChangedCallback(name, before, now) {
        if (!this.isConnected || before === now || this.#queued || !this.#root.firstChild) {
            return;
        }
        this.#queued = true;
        queueMicrotask(() => {
            this.#queued = false;
            if (this.isConnected) {
                this.#build();
                this.refresh();
            }
        });
    }

    /** Where the router is mounted. */
    get base() {
        return this.getAttribute('base') ?? HERE;
    }

    set base(value) {
        this.setAttribute('base', value);
    }

    /** Texts of one's own by their names in {@link STRINGS}. */
    get strings() {
        return { ...STRINGS, ...parsed(this.getAttribute('strings')), ...this.#strings };
    }

    set strings(value) {
        this.#strings = { ...value };
        if (this.#root.firstChild) {
            this.#build();
        }
    }

    /** What requests are sent by; takes what the browser's `fetch` takes. */
    get fetch() {
        return this.#fetch ?? ((url, init) => globalThis.fetch(url, init));
    }

    set fetch(value) {
        this.#fetch = value;
    }

    /** Loads the list anew. */
    async refresh() {
        const turn = ++this.#turn;
        this.#phase = 'loading';
        this.#error = '';
        this.#render();
        try {
            const page = await this.#page();
            if (turn !== this.#turn) {
                return;
            }
            this.#keys = page.keys;
            this.#cursor = page.cursor;
            this.#phase = 'ready';
            this.#tell('loaded', { count: this.#keys.length });
            this.#say(this.#text('loaded', { count: String(this.#keys.length) }));
        } catch (error) {
            if (turn !== this.#turn) {
                return;
            }
            this.#phase = 'failed';
            this.#error = this.#failure(error);
        }
        this.#render();
    }

    /** A property that was set before the element was defined. */
    #takeOver(name) {
        if (Object.hasOwn(this, name)) {
            const value = this[name];
            delete this[name];
            this[name] = value;
        }
    }

    // Texts and times

    #text(name, values) {
        return fill(this.strings[name] ?? name, values);
    }

    get #language() {
        return this.closest('[lang]')?.lang || document.documentElement.lang || navigator.language;
    }

    #nameOf(key) {
        return key.name ? `“${key.name}”` : key.keyId;
    }

    #date(iso, options = { dateStyle: 'medium' }) {
        return new Intl.DateTimeFormat(this.#language, options).format(new Date(iso));
    }

    #away(iso) {
        const seconds = (Date.parse(iso) - Date.now()) / 1000;
        const [unit, size] =
            Object.values(UNITS)
                .slice(1, 4)
                .reverse()
                .find(([, length]) => Math.abs(seconds) >= length * 1.5) ?? UNITS.m;
        return new Intl.RelativeTimeFormat(this.#language, { numeric: 'auto' }).format(
            Math.round(seconds / size),
            unit,
        );
    }

    #duration(text) {
        const { count, unit } = lifetime(text);
        return new Intl.NumberFormat(this.#language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    }

    #lifetimes(attribute, usual) {
        return (this.getAttribute(attribute) ?? usual).split(/[\s,]+/).filter((text) => lifetime(text));
    }

    // Requests

    #page(cursor) {
        const query = new URLSearchParams({ limit: this.getAttribute('page-size') ?? '25', ...(cursor && { cursor }) });
        return this.#ask('GET', `/keys?${query}`);
    }

    /** Asks the router; an error has what the customer is told, and the answer's status and code. */
    async #ask(method, path, body) {
        let response;
        try {
            response = await this.fetch(this.base.replace(/\/+$/, '') + path, {
                method,
                headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
                ...(body && { body: JSON.stringify(body) }),
                credentials: 'same-origin',
                cache: 'no-store',
            });
        } catch {
            throw Object.assign(new Error(this.#text('offline')), { code: 'offline', status: 0 });
        }
        const answer = await response.json().catch(() => undefined);
        if (response.ok && answer !== undefined) {
            return answer;
        }
        const status = response.redirected ? 401 : response.status;
        const told = status === 400 || status === 409 ? sentence(answer?.error?.message) : undefined;
        const own =
            { 401: 'signedOut', 501: 'notSetUp', 404: path.startsWith('/keys/') ? 'gone' : 'failed' }[status] ??
            'failed';
        const code = answer?.error?.code ?? 'no_answer';
        throw Object.assign(new Error(told ?? this.#text(own)), { status, code });
    }

    /** Tells the page of an error, and gives what the customer is told. */
    #failure(error) {
        const { status = 0, code = 'failed' } = error;
        const message = code === 'failed' ? this.#text('failed') : error.message;
        this.#tell('error', { status, code, message });
        return message;
    }

    #tell(what, detail) {
        this.dispatchEvent(new CustomEvent(`latchkey-${what}`, { detail, bubbles: true, composed: true }));
    }

    /** Tells users of screen readers what happened, and, where it matters, everybody. */
    #say(text, isForAll = false) {
        const status = this.#find('[role="status"]');
        if (status) {
            status.textContent = text;
            status.className = isForAll ? 'notice' : 'hidden';
        }
    }

    #find(selector) {
        return this.#root.querySelector(selector);
    }

    // The page

    #build() {
        this.#root.replaceChildren(
            h(
                'section',
                { class: 'card', part: 'card', 'aria-labelledby': 'title' },
                h(
                    'header',
                    { part: 'header' },
                    h(
                        'div',
                        {},
                        h('h2', { id: 'title', part: 'title', tabindex: '-1' }, this.#text('title')),
                        h('p', {}, this.#text('intro')),
                    ),
                    this.#createButton('header-create'),
                ),
                h('p', { class: 'hidden', role: 'status', part: 'notice' }),
                h('div', { id: 'body' }),
            ),
        );
        this.#render();
    }

    #createButton(id) {
        return h(
            'button',
            { id, type: 'button', class: 'primary', part: 'button primary', click: () => this.#create() },
            this.#text('create'),
        );
    }

    #render() {
        const body = this.#find('#body');
        if (!body) {
            return;
        }
        const isEmpty = this.#phase === 'ready' && this.#keys.length === 0;
        body.setAttribute('aria-busy', String(this.#phase === 'loading'));
        this.#find('#header-create').hidden = this.#phase !== 'ready' || isEmpty;
        if (this.#phase === 'loading') {
            const bars = [1, 2, 3].map(() => h('span'));
            body.replaceChildren(h('div', { class: 'skeleton', 'aria-hidden': 'true' }, bars));
            this.#say(this.#text('loading'));
        } else if (this.#phase === 'failed') {
            body.replaceChildren(this.#failed());
        } else if (isEmpty) {
            body.replaceChildren(this.#empty());
        } else {
            body.replaceChildren(this.#table(), ...(this.#cursor ? [this.#moreButton()] : []));
        }
    }

    #failed() {
        const retry = async () => {
            await this.refresh();
            (this.#find('#retry') ?? this.#find('#title')).focus();
        };
        return h(
            'div',
            { class: 'state', part: 'state' },
            h('span', { class: 'glyph bad', 'aria-hidden': 'true' }, '!'),
            h('p', { class: 'error', role: 'alert' }, this.#error),
            h('button', { id: 'retry', type: 'button', part: 'button', click: retry }, this.#text('retry')),
        );
    }

    #empty() {
        return h(
            'div',
            { class: 'state', part: 'state' },
            keyGlyph(),
            h('h3', {}, this.#text('emptyTitle')),
            h('p', {}, this.#text('emptyText')),
            this.#createButton('empty-create'),
        );
    }

    #table() {
        const columns = ['columnName', 'columnStatus', 'columnCreated', 'columnExpires', 'columnActions'];
        const heads = columns.map((name) => h('th', { scope: 'col', role: 'columnheader' }, this.#text(name)));
        return h(
            'table',
            { role: 'table', 'aria-labelledby': 'title', part: 'list' },
            h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads)),
            h(
                'tbody',
                { role: 'rowgroup' },
                this.#keys.map((key) => this.#row(key)),
            ),
        );
    }

    #row(key) {
        const state = stateOf(key, Date.now());
        const isOver = state === 'expired' || state === 'revoked';
        const end = endOf(key, state);
        const left = (Date.parse(end) - Date.now()) / 1000;
        const offered = ACTIONS[state].filter((name) => this.hasAttribute('suspend') || name !== 'suspend');
        return h(
            'tr',
            { role: 'row', part: 'row', class: isOver ? 'over' : '', 'data-key': key.keyId, tabindex: '-1' },
            h(
                'th',
                { scope: 'row', role: 'rowheader' },
                h('span', { class: key.name ? 'name' : 'name none' }, key.name || this.#text('unnamed')),
                h('code', { class: 'id' }, key.keyId),
            ),
            h(
                'td',
                { role: 'cell', class: 'status' },
                h('span', { class: `badge ${state}`, part: 'badge' }, this.#text(state)),
            ),
            h(
                'td',
                { role: 'cell', class: 'when', 'data-label': this.#text('columnCreated') },
                h('time', { datetime: key.createdAt }, key.createdAt ? this.#date(key.createdAt) : '–'),
            ),
            h(
                'td',
                { role: 'cell', class: 'when', 'data-label': this.#text('columnExpires') },
                h(
                    'span',
                    {},
                    end ? h('time', { datetime: end }, this.#date(end)) : '–',
                    end && ' ',
                    end && h('small', { class: !isOver && left < SOON ? 'soon' : '' }, this.#awayOf(end, key, state)),
                ),
            ),
            h(
                'td',
                { role: 'cell', class: 'actions-cell' },
                h(
                    'span',
                    { class: 'actions' },
                    offered.map((name) => this.#action(name, key)),
                ),
            ),
        );
    }

    /** How far away a key's end is; that of one which does not end by its expiry, in words of its own. */
    #awayOf(end, key, state) {
        const when = this.#away(end);
        const word = { revoked: 'ended', ending: key.endsAt && 'ends' }[state];
        return word ? this.#text(word, { when }) : when;
    }

    #action(name, key) {
        const label = this.#text(name);
        const start = { rename: () => this.#rename(key), roll: () => this.#roll(key) }[name];
        return h(
            'button',
            {
                type: 'button',
                class: name === 'revoke' ? 'quiet bad' : 'quiet',
                part: 'action',
                'data-action': name,
                'aria-label': `${label} ${this.#nameOf(key)}`,
                click: start ?? (() => this.#confirm(name, key)),
            },
            label,
        );
    }

    #moreButton() {
        const error = h('p', { class: 'error', role: 'alert', hidden: true });
        const button = h('button', { type: 'button', part: 'button', id: 'more' }, this.#text('more'));
        button.addEventListener('click', async () => {
            if (button.getAttribute('aria-disabled') === 'true') {
                return;
            }
            button.setAttribute('aria-disabled', 'true');
            error.hidden = true;
            const turn = this.#turn;
            try {
                const page = await this.#page(this.#cursor);
                if (turn === this.#turn) {
                    this.#append(page);
                }
            } catch (failure) {
                error.textContent = this.#failure(failure);
                error.hidden = false;
                button.setAttribute('aria-disabled', 'false');
            }
        });
        return h('div', { class: 'more' }, error, button);
    }

    /** Adds a page that may overlap with what is shown, as keys may have been created meanwhile. */
    #append(page) {
        const shown = new Set(this.#keys.map((key) => key.keyId));
        const added = page.keys.filter((key) => !shown.has(key.keyId));
        this.#keys = [...this.#keys, ...added];
        this.#cursor = page.cursor;
        this.#render();
        this.#say(this.#text('loaded', { count: String(this.#keys.length) }));
        if (added.length > 0) {
            this.#focusRow(added[0].keyId);
        }
    }

    #focusRow(keyId) {
        const rows = [...this.#root.querySelectorAll('tbody tr')];
        (rows.find((row) => row.dataset.key === keyId) ?? this.#find('#title')).focus();
    }

    /** Puts a changed record in the place of the old one. */
    #change(keyId, changes) {
        this.#keys = this.#keys.map((key) => (key.keyId === keyId ? { ...key, ...changes } : key));
        this.#render();
        return this.#keys.find((key) => key.keyId === keyId);
    }

    /** Puts a new key at the head of the list; what it was answered with, but never the key itself. */
    #add({ apikey, previousEndsAt, ...record }) {
        const added = { status: 'valid', scopes: [], createdAt: new Date().toISOString(), ...record };
        this.#keys = [added, ...this.#keys];
        this.#render();
        return added;
    }

    // Dialogs

    /**
     * Opens a dialog with a form. `submit` does the work while the buttons wait; what it throws is told in the dialog, and
     * when it is done, `then` is called with what it gave, or the dialog closes.
     */
    #open({ title, content, label, busy, danger, focus, submit, then = (dialog) => dialog.close(), closed }) {
        const error = h('p', { class: 'error', role: 'alert', hidden: true });
        const cancel = h(
            'button',
            { type: 'button', part: 'button', click: () => dialog.close() },
            this.#text('cancel'),
        );
        const kind = danger ? 'danger' : 'primary';
        const button = h('button', { type: 'submit', class: kind, part: `button ${kind}` }, label);
        const form = h(
            'form',
            {},
            h('h2', { id: 'dialog-title' }, title),
            content,
            error,
            h('div', { class: 'buttons' }, cancel, button),
        );
        const dialog = h('dialog', { part: 'dialog', 'aria-labelledby': 'dialog-title' }, form);
        let isBusy = false;
        const wait = (waits) => {
            isBusy = waits;
            button.textContent = waits ? busy : label;
            [button, cancel].forEach((one) => one.setAttribute('aria-disabled', String(waits)));
        };
        cancel.addEventListener('click', (event) => isBusy && event.stopImmediatePropagation(), { capture: true });
        dialog.addEventListener('cancel', (event) => isBusy && event.preventDefault());
        dialog.addEventListener('close', () => {
            dialog.remove();
            closed?.();
        });
        form.addEventListener('submit', async (event) => {
            event.preventDefault();
            if (isBusy) {
                return;
            }
            error.hidden = true;
            wait(true);
            try {
                const done = await submit(new FormData(form));
                wait(false);
                then(dialog, done);
            } catch (failure) {
                wait(false);
                error.textContent = this.#failure(failure);
                error.hidden = false;
            }
        });
        this.#root.append(dialog);
        dialog.showModal();
        (form.querySelector(focus) ?? cancel).focus();
    }

    #nameField(value) {
        return h(
            'div',
            { class: 'field' },
            h('label', { for: 'name' }, this.#text('name')),
            h('input', {
                id: 'name',
                name: 'name',
                value,
                required: true,
                maxlength: '100',
                autocomplete: 'off',
                'aria-describedby': 'name-hint',
            }),
            h('p', { id: 'name-hint', class: 'hint' }, this.#text('nameHint')),
        );
    }

    #create() {
        const expiries = this.#lifetimes('expiries', '7d 30d');
        const options = expiries.map((text) =>
            h('option', { value: text }, this.#text('expiryAfter', { time: this.#duration(text) })),
        );
        const expiry = h(
            'div',
            { class: 'field' },
            h('label', { for: 'expiry' }, this.#text('expiry')),
            h(
                'select',
                { id: 'expiry', name: 'expiry' },
                h('option', { value: '' }, this.#text('expiryDefault')),
                options,
            ),
        );
        this.#open({
            title: this.#text('createTitle'),
            content: [this.#nameField(''), expiries.length > 0 && expiry],
            label: this.#text('create'),
            busy: this.#text('creating'),
            focus: '#name',
            closed: () => (this.#find('#empty-create') ?? this.#find('#header-create')).focus(),
            submit: (form) => {
                const expiresIn = form.get('expiry');
                return this.#ask('POST', '/keys', { name: form.get('name').trim(), ...(expiresIn && { expiresIn }) });
            },
            then: (dialog, issued) => {
                const key = this.#add(issued);
                this.#tell('created', key);
                this.#showKey(dialog, issued.apikey, '', () => {
                    this.#say(this.#text('created', { name: this.#nameOf(key) }));
                    this.#focusRow(key.keyId);
                });
            },
        });
    }

    #rename(key) {
        this.#open({
            title: this.#text('renameTitle', { name: this.#nameOf(key) }),
            content: [this.#nameField(key.name ?? '')],
            label: this.#text('save'),
            busy: this.#text('saving'),
            focus: '#name',
            closed: () => this.#focusAction(key, 'rename'),
            submit: (form) => this.#ask('PATCH', pathOf(key), { name: form.get('name').trim() }),
            then: (dialog, record) => {
                const changed = this.#change(key.keyId, record);
                this.#tell('renamed', changed);
                dialog.close();
                this.#say(this.#text('renamed', { name: this.#nameOf(changed) }));
            },
        });
    }

    #roll(key) {
        const graces = this.#lifetimes('graces', '0 1h 24h 7d');
        const usual = graces.includes('24h') ? '24h' : graces[0];
        const choices = graces.map((grace) => {
            const isNone = lifetime(grace).count === 0;
            return h(
                'label',
                { class: 'choice' },
                h('input', { type: 'radio', name: 'grace', value: grace, checked: grace === usual }),
                isNone ? this.#text('rollNone') : this.#duration(grace),
                isNone && h('span', { class: 'hint' }, this.#text('rollNoneHint')),
            );
        });
        this.#open({
            title: this.#text('rollTitle', { name: this.#nameOf(key) }),
            content: [h('fieldset', {}, h('legend', {}, this.#text('rollText')), choices)],
            label: this.#text('rollSubmit'),
            busy: this.#text('rolling'),
            focus: ':checked',
            closed: () => this.#focusAction(key, 'roll'),
            submit: (form) => this.#ask('POST', `${pathOf(key)}/roll`, { grace: form.get('grace') }),
            then: (dialog, issued) => {
                const endsAt = issued.previousEndsAt;
                this.#change(key.keyId, { ...(endsAt && { endsAt }), rolledInto: issued.keyId });
                const made = this.#add({ name: key.name, ...issued });
                this.#tell('rolled', made);
                this.#showKey(dialog, issued.apikey, this.#noteOfEnd(endsAt), () => {
                    this.#say(this.#text('rolled', { name: this.#nameOf(made) }));
                    this.#focusRow(made.keyId);
                });
            },
        });
    }

    /** What is said of the old key beside the new one; nothing where nobody told when it ends. */
    #noteOfEnd(endsAt) {
        if (!endsAt) {
            return '';
        }
        const when = this.#date(endsAt, { dateStyle: 'long', timeStyle: 'short' });
        return Date.parse(endsAt) <= Date.now() ? this.#text('rolledNow') : this.#text('rolledUntil', { when });
    }

    /** Suspends, resumes or revokes, when that is confirmed. */
    #confirm(action, key) {
        const name = this.#nameOf(key);
        const done = { suspend: 'suspended', resume: 'resumed', revoke: 'revoked' }[action];
        const busy = { suspend: 'suspending', resume: 'resuming', revoke: 'revoking' }[action];
        this.#open({
            title: this.#text(`${action}Title`, { name }),
            content: [h('p', {}, this.#text(`${action}Text`))],
            label: this.#text(`${action}Submit`),
            busy: this.#text(busy),
            danger: action === 'revoke',
            closed: () => this.#focusAction(key, action),
            submit: () => this.#ask('POST', `${pathOf(key)}/${action}`, {}),
            then: (dialog, record) => {
                this.#tell(done, this.#change(key.keyId, record));
                dialog.close();
                const when = this.#date(record.effectiveFrom ?? new Date().toISOString(), { timeStyle: 'medium' });
                this.#say(this.#text(`${action}Done`, { name, when }), true);
            },
        });
    }

    /** The button that a dialog was opened by, or the key's row when it has none any more. */
    #focusAction({ keyId }, action) {
        const row = [...this.#root.querySelectorAll('tbody tr')].find((one) => one.dataset.key === keyId);
        (row?.querySelector(`[data-action="${action}"]`) ?? row ?? this.#find('#title')).focus();
    }

    /** Shows a new key in the dialog that made it, until it is copied, or given up by a second word. */
    #showKey(dialog, apikey, note, closed) {
        let isCopied = false;
        let isWarned = false;
        const warning = h('p', { class: 'warning', role: 'alert' }, this.#text('once'));
        const box = h(
            'p',
            { class: 'key', part: 'key', role: 'region', tabindex: '0', 'aria-label': this.#text('keyLabel') },
            apikey,
        );
        const told = h('span', { class: 'hidden', role: 'status' });
        const copy = h('button', { type: 'button', class: 'primary', part: 'button primary' }, this.#text('copy'));
        const done = h('button', { type: 'submit', part: 'button' }, this.#text('done'));
        const mayClose = () => {
            if (isCopied || isWarned) {
                return true;
            }
            isWarned = true;
            warning.classList.add('strong');
            warning.textContent = this.#text('notCopied');
            done.textContent = this.#text('closeAnyway');
            return false;
        };
        copy.addEventListener('click', async () => {
            try {
                await navigator.clipboard.writeText(apikey);
                isCopied = true;
                copy.textContent = `✓ ${this.#text('copied')}`;
                told.textContent = this.#text('copied');
                warning.classList.remove('strong');
                warning.textContent = this.#text('once');
                done.textContent = this.#text('done');
            } catch {
                getSelection().selectAllChildren(box);
                warning.textContent = this.#text('copyFailed');
                box.focus();
            }
        });
        box.addEventListener('copy', () => (isCopied = true));
        const form = h(
            'form',
            {},
            h('h2', { id: 'dialog-title' }, this.#text('createdTitle')),
            warning,
            box,
            note && h('p', { class: 'hint' }, note),
            told,
            h('div', { class: 'buttons' }, done, copy),
        );
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            if (mayClose()) {
                dialog.close();
            }
        });
        dialog.addEventListener('cancel', (event) => {
            if (!mayClose()) {
                event.preventDefault();
            }
        });
        dialog.addEventListener('close', closed);
        dialog.replaceChildren(form);
        copy.focus();
    }
}

function pathOf({ keyId }) {
    return `/keys/${encodeURIComponent(keyId)}`;
}

function parsed(json) {
    try {
        return JSON.parse(json ?? '{}');
    } catch {
        return {};
    }
}

/** A message as a sentence. */
function sentence(text) {
    return typeof text === 'string' && text !== ''
        ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
        : undefined;
}

if (globalThis.customElements && !customElements.get('latchkey-keys')) {
    customElements.define('latchkey-keys', LatchkeyKeys);
}
