'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const { chromium } = require('playwright-core');
const express = require('express5');
const { LatchkeyClient, keysRouter } = require('../..');
require('../credentials');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing but pages: no sandbox, which root cannot have, and no talk with the browser's maker. */
const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
];

/** As strict as a portal may be: own scripts only, no styles but constructed ones, no markup from texts. */
const POLICY =
    "default-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none';" +
    " require-trusted-types-for 'script'; trusted-types 'none'";

/** Real Chromium. */
function browser() {
    return chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
}

/**
 * A portal with the router and a page that has the element, where the cookie `customer` says who is signed in.
 *
 * @param {object} variables of the client
 * @returns {Promise<{url: string, stop: Function}>}
 */
async function portal(variables) {
    const customer = ({ headers }) => {
        const id = /customer=([^;]+)/.exec(headers.cookie ?? '')?.[1];
        return id && { customerId: id, email: 'ada@example.com' };
    };
    const router = keysRouter({ client: new LatchkeyClient(variables), customer, suspend: true, onError() {} });
    const app = express().set('env', 'test').use('/latchkey', router);
    app.get('/favicon.ico', (request, response) => response.status(204).end());
    app.get('/style.css', (request, response) => response.type('css').send(STYLE));
    app.get('/', (request, response) => {
        response
            .set('Content-Security-Policy', POLICY)
            .type('html')
            .send(page(request.query.attributes ?? ''));
    });
    const listener = http.createServer(app);
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${listener.address().port}`,
        stop() {
            listener.close();
            listener.closeAllConnections();
        },
    };
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1rem 3rem; background: #f6f6f4; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { body { background: #111215; color: #e7e8ea; } }
`;

function page(attributes) {
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portal</title>
<link rel="stylesheet" href="/style.css">
<script type="module" src="/latchkey/latchkey-keys.js"></script>
<main><h1>Developer portal</h1><latchkey-keys ${attributes}></latchkey-keys></main>`;
}

/** The page in a browser of its own, signed in; `close` tells whether it stayed at home and without errors. */
async function visit(chrome, url, { customer, attributes = '', ready = '.card', ...options } = {}) {
    const context = await chrome.newContext({ viewport: { width: 1180, height: 820 }, locale: 'en-GB', ...options });
    if (customer) {
        await context.addCookies([{ name: 'customer', value: customer, url }]);
    }
    const tab = await context.newPage();
    const errors = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    tab.on('console', (message) => {
        const isRefusedCall = message.text().startsWith('Failed to load') && message.location().url.includes('/keys');
        if (['error', 'warning'].includes(message.type()) && !isRefusedCall) {
            errors.push(message.text());
        }
    });
    tab.on('request', (request) => {
        if (!request.url().startsWith(url)) {
            errors.push(`a request to ${request.url()}`);
        }
    });
    await tab.goto(`${url}/?attributes=${encodeURIComponent(attributes)}`);
    await tab.locator(ready).first().waitFor();
    const close = async () => {
        await context.close();
        assert.deepEqual(errors, []);
    };
    return { tab, close };
}

/** What an automatic check of accessibility finds (WCAG 2.2, A and AA), contrast included. */
async function accessibilityProblems(tab) {
    await tab.evaluate(() => (window.module = undefined));
    await tab.evaluate(AXE);
    const { violations } = await tab.evaluate(() => window.axe.run());
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

module.exports = { accessibilityProblems, browser, portal, visit };
