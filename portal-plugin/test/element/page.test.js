'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, beforeEach, describe, it } = require('node:test');
const { MemoryIssueKey, serve } = require('../memory');
const { accessibilityProblems, browser, portal, visit } = require('./portal');

const SCREENSHOTS = path.join(__dirname, '../../../target/screenshots');
const EVENTS = ['loaded', 'created', 'renamed', 'rolled', 'suspended', 'resumed', 'revoked', 'error'];

let chrome;
let issueKey;
let latchkey;
let site;

before(async () => {
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    issueKey = new MemoryIssueKey();
    latchkey = await serve(issueKey);
    [chrome, site] = await Promise.all([browser(), portal(latchkey.ways.HTTPS)]);
});

after(async () => {
    await chrome?.close();
    site?.stop();
    latchkey?.stop();
});

let customer;
let customers = 0;
beforeEach(() => (customer = `cus_${++customers}`));

/** A key that is there before the page is opened. */
function issued(name, fields = {}) {
    return issueKey.createApiKey({ customerId: customer, email: 'ada@example.com', name, ...fields });
}

/** A test on a page of its own, which must end without errors and without requests to other origins. */
function onPage(name, steps, options = {}) {
    it(name, async () => {
        options.prepare?.();
        const { tab, close } = await visit(chrome, site.url, { customer, ready: '.state, tbody', ...options });
        await steps(tab);
        await close();
    });
}

const button = (tab, name) => tab.getByRole('button', { name, exact: true });
const dialog = (tab) => tab.getByRole('dialog');
const press = async (tab, name) => button(dialog(tab), name).click();

/** Waits until no dialog is open, and the focus is where it belongs. */
const closed = (tab) => tab.locator('dialog').waitFor({ state: 'detached' });

async function create(tab, name) {
    await button(tab, 'Create key').click();
    await tab.getByRole('textbox', { name: 'Name' }).fill(name);
    await press(tab, 'Create key');
    return tab.getByRole('region', { name: 'The new key' }).textContent();
}

async function closeUncopied(tab) {
    await press(tab, 'Done');
    await press(tab, 'Close without copying');
    await closed(tab);
}

/** The rows: name and status. */
const rows = (tab) =>
    tab
        .locator('tbody tr')
        .evaluateAll((all) => all.map((row) => ['.name', '.badge'].map((part) => row.querySelector(part).textContent)));

const focused = (tab) =>
    tab.evaluate(() => {
        const element = document.activeElement.shadowRoot?.activeElement;
        return element?.ariaLabel ?? element?.id ?? '';
    });

const focusedRow = (tab) =>
    tab.evaluate(() => document.activeElement.shadowRoot?.activeElement?.querySelector('.name')?.textContent);

const inside = (tab) => tab.evaluate(() => document.querySelector('latchkey-keys').shadowRoot.innerHTML);

describe('a key', () => {
    onPage('P9: is created, shown once and copied, and then nowhere', async (tab) => {
        await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await tab.evaluate((names) => {
            window.told = [];
            names.forEach((name) =>
                addEventListener(`latchkey-${name}`, (event) => told.push([name, JSON.stringify(event.detail)])),
            );
        }, EVENTS);
        const apikey = await create(tab, 'Production');
        assert.match(apikey, /^eyJ/);
        await tab.getByText('It is shown this once only').waitFor();
        await press(tab, 'Copy key');
        await button(tab, '✓ Copied').waitFor();
        assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), apikey);
        await press(tab, 'Done');
        await closed(tab);
        assert.deepEqual(await rows(tab), [['Production', 'Active']]);
        assert.equal(await focusedRow(tab), 'Production');
        await tab.getByRole('status').filter({ hasText: 'Key “Production” created.' }).waitFor({ state: 'attached' });
        assert.ok(!(await inside(tab)).includes('eyJ'));
        const told = await tab.evaluate(() => window.told);
        assert.deepEqual(
            told.map(([name]) => name),
            ['created'],
        );
        assert.doesNotMatch(JSON.stringify(told), /eyJ/);
        assert.equal(await tab.evaluate(() => localStorage.length + sessionStorage.length), 0);
    });

    onPage('that is not copied is given up by a second word only', async (tab) => {
        await create(tab, 'CI');
        await press(tab, 'Done');
        await tab.getByText('You have not copied the key.').waitFor();
        await press(tab, 'Close without copying');
        await closed(tab);
        await create(tab, 'CI 2');
        await tab.keyboard.press('Escape');
        await tab.getByText('You have not copied the key.').waitFor();
        await press(tab, 'Close without copying');
        assert.equal((await rows(tab)).length, 2);
    });

    onPage('that the browser does not copy is selected instead', async (tab) => {
        await tab.evaluate(() => {
            navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
        });
        await create(tab, 'CI');
        await press(tab, 'Copy key');
        await tab.getByText('The browser did not allow copying.').waitFor();
        await closeUncopied(tab);
    });

    onPage(
        'gets a lifetime that is chosen',
        async (tab) => {
            await button(tab, 'Create key').click();
            assert.deepEqual(await tab.locator('option').allTextContents(), [
                'Standard lifetime',
                'After 12 hours',
                'After 7 days',
            ]);
            await tab.getByRole('textbox', { name: 'Name' }).fill('Short');
            await tab.getByLabel('Expires').selectOption('After 12 hours');
            await press(tab, 'Create key');
            await closeUncopied(tab);
            await tab.getByText('in 12 hours').waitFor();
        },
        { attributes: 'expiries="12h, 7d"' },
    );

    onPage(
        'is renamed',
        async (tab) => {
            await button(tab, 'Rename “Old”').click();
            await tab.getByRole('textbox', { name: 'Name' }).fill('New');
            await tab.keyboard.press('Enter');
            await closed(tab);
            assert.deepEqual(await rows(tab), [['New', 'Active']]);
            assert.equal(await focused(tab), 'Rename “New”');
            assert.equal(issueKey.listApiKeys({ customerId: customer }).keys[0].name, 'New');
        },
        { prepare: () => issued('Old') },
    );

    for (const [grace, status, told] of [
        ['24 hours', 'Replaced', /^The old key works until /],
        ['Not at all', 'Revoked', /^The old key has ended/],
    ]) {
        onPage(
            `is rolled with a grace: ${grace}`,
            async (tab) => {
                await button(tab, 'Roll “API”').click();
                assert.deepEqual(await tab.getByRole('radio').count(), 4);
                assert.equal(await tab.getByRole('radio', { name: '24 hours' }).isChecked(), true);
                await tab.getByRole('radio', { name: grace }).check();
                await press(tab, 'Roll key');
                await tab.getByText(told).waitFor();
                await closeUncopied(tab);
                assert.deepEqual(await rows(tab), [
                    ['API', 'Active'],
                    ['API', status],
                ]);
                await tab.reload();
                await tab.locator('tbody tr').first().waitFor();
                assert.deepEqual((await rows(tab))[1], ['API', status]);
            },
            { prepare: () => issued('API') },
        );
    }

    onPage(
        'is rolled and shown also where nobody tells when the old one ends',
        async (tab) => {
            await tab.route('**/roll', async (route) => {
                const response = await route.fetch();
                const { previousEndsAt, ...answer } = await response.json();
                assert.ok(previousEndsAt);
                await route.fulfill({ response, json: answer });
            });
            await button(tab, 'Roll “API”').click();
            await press(tab, 'Roll key');
            const key = await tab.getByRole('region', { name: 'The new key' }).textContent();
            assert.match(key, /^eyJ/);
            await closeUncopied(tab);
            assert.deepEqual(await rows(tab), [
                ['API', 'Active'],
                ['API', 'Replaced'],
            ]);
        },
        { prepare: () => issued('API') },
    );

    onPage(
        'that was revoked tells when it ended, and no expiry',
        async (tab) => {
            const [ended, unknown] = await tab
                .locator('tbody tr')
                .evaluateAll((all) => all.map((row) => row.querySelectorAll('.when')[1].textContent));
            assert.match(ended, /ended (this minute|now|\d+ seconds? ago)$/);
            assert.equal(unknown, '–');
        },
        {
            prepare() {
                const [old, young] = ['Old', 'Young'].map((name) => issued(name));
                issueKey.revokeApiKey({ customerId: customer, keyId: old.keyId });
                issueKey.revokeApiKey({ customerId: customer, keyId: young.keyId });
                issueKey.forgetEnd(old.keyId);
            },
        },
    );

    onPage(
        'is revoked when that is confirmed',
        async (tab) => {
            await button(tab, 'Revoke “Leaked”').click();
            await tab.getByRole('dialog', { name: 'Revoke “Leaked”?' }).waitFor();
            await press(tab, 'Cancel');
            await closed(tab);
            assert.deepEqual(await rows(tab), [['Leaked', 'Active']]);
            assert.equal(await focused(tab), 'Revoke “Leaked”');
            await button(tab, 'Revoke “Leaked”').click();
            await press(tab, 'Revoke key');
            await closed(tab);
            assert.deepEqual(await rows(tab), [['Leaked', 'Revoked']]);
            await tab.getByText(/^Key “Leaked” revoked\. By \d+:\d\d:\d\d [AP]M at the latest/).waitFor();
            assert.equal(await focusedRow(tab), 'Leaked');
            assert.equal(await tab.locator('[data-action]').count(), 0);
        },
        { prepare: () => issued('Leaked') },
    );

    onPage(
        'is suspended and resumed where that is offered',
        async (tab) => {
            await button(tab, 'Suspend “API”').click();
            await press(tab, 'Suspend key');
            await button(tab, 'Resume “API”').waitFor();
            assert.deepEqual(await rows(tab), [['API', 'Suspended']]);
            await button(tab, 'Resume “API”').click();
            await press(tab, 'Resume key');
            await button(tab, 'Suspend “API”').waitFor();
            assert.deepEqual(await rows(tab), [['API', 'Active']]);
        },
        { prepare: () => issued('API'), attributes: 'suspend' },
    );

    onPage(
        'is neither suspended nor resumed elsewhere',
        async (tab) => assert.equal(await tab.locator('[data-action=suspend]').count(), 0),
        { prepare: () => issued('API') },
    );

    onPage(
        'that has expired shows so, and cannot be used any more',
        async (tab) => {
            await tab.clock.setFixedTime(Date.now() + 2 * 86_400_000);
            await tab.evaluate(() => document.querySelector('latchkey-keys').refresh());
            await tab.getByText('Expired').waitFor();
            assert.equal(await tab.locator('[data-action]').count(), 0);
        },
        { prepare: () => issued('Old', { expiresIn: '1d' }) },
    );
});

describe('the list', () => {
    const many = () => Array.from({ length: 7 }, (none, at) => issued(`key ${at + 1}`));

    onPage(
        'shows more when asked, newest first, and goes on where it was',
        async (tab) => {
            assert.deepEqual(
                (await rows(tab)).map(([name]) => name),
                ['key 7', 'key 6', 'key 5'],
            );
            await button(tab, 'Show more').click();
            await tab.getByText('key 2').waitFor();
            assert.equal(await focusedRow(tab), 'key 4');
            await button(tab, 'Show more').click();
            await tab.getByText('key 1').waitFor();
            assert.equal(await button(tab, 'Show more').count(), 0);
            assert.equal((await rows(tab)).length, 7);
        },
        { prepare: many, attributes: 'page-size="3"' },
    );

    onPage('says that there is none yet, and how to have one', async (tab) => {
        await tab.getByText('No keys yet').waitFor();
        assert.equal(await button(tab, 'Create key').count(), 1);
    });

    it('shows that it is loading, a failure, and how to try again', async () => {
        issued('API');
        const { tab, close } = await visit(chrome, site.url, { customer, ready: 'tbody' });
        let release;
        const held = new Promise((resolve) => (release = resolve));
        await tab.route('**/latchkey/keys?*', async (route) => {
            await held;
            await route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: '<b>no</b>' } } });
        });
        const refreshed = tab.evaluate(() => document.querySelector('latchkey-keys').refresh());
        await tab.locator('.skeleton').waitFor();
        await tab.locator('#body[aria-busy=true]').waitFor();
        release();
        await refreshed;
        await tab.getByRole('alert').filter({ hasText: 'This did not work just now.' }).waitFor();
        await tab.unroute('**/latchkey/keys?*');
        await button(tab, 'Try again').click();
        await tab.locator('tbody tr').waitFor();
        assert.equal(await focused(tab), 'title');
        await close();
    });

    it('tells who is signed out', async () => {
        const { tab, close } = await visit(chrome, site.url, { ready: '.state' });
        await tab.getByRole('alert').filter({ hasText: 'You are signed out.' }).waitFor();
        await close();
    });

    onPage('tells that it is not set up', async (tab) => {
        await tab.route('**/latchkey/keys?*', (route) => route.fulfill({ status: 501, json: {} }));
        await tab.evaluate(() => document.querySelector('latchkey-keys').refresh());
        await tab.getByRole('alert').filter({ hasText: 'Keys cannot be managed here.' }).waitFor();
    });

    it('tells that there is no connection', async () => {
        const { tab, close } = await visit(chrome, site.url, { customer, ready: '.state' });
        await tab.route('**/latchkey/keys', (route) => route.abort());
        await button(tab, 'Create key').click();
        await tab.getByRole('textbox', { name: 'Name' }).fill('CI');
        await press(tab, 'Create key');
        await dialog(tab).getByRole('alert').filter({ hasText: 'There is no connection.' }).waitFor();
        await press(tab, 'Cancel');
        await close();
    });
});

describe('texts', () => {
    onPage(
        'P8: of the server stay texts',
        async (tab) => {
            await tab.getByText('<img src=x onerror=alert(1)>').first().waitFor();
            await button(tab, 'Rename “<img src=x onerror=alert(1)>”').click();
            assert.equal(await tab.locator('img').count(), 0);
        },
        { prepare: () => issued('<img src=x onerror=alert(1)>') },
    );

    onPage(
        "are issue-key's where a request is refused",
        async (tab) => {
            await button(tab, 'Create key').click();
            await tab.getByRole('textbox', { name: 'Name' }).fill('CI');
            await tab.getByLabel('Expires').selectOption('After 60 days');
            await press(tab, 'Create key');
            await dialog(tab).getByRole('alert').filter({ hasText: 'ExpiresIn must be at most 30 days.' }).waitFor();
            await press(tab, 'Cancel');
            await closed(tab);
            assert.equal(await focused(tab), 'empty-create');
        },
        { attributes: 'expiries="60d"' },
    );

    onPage(
        "may be the portal's own, by attribute and by property",
        async (tab) => {
            await tab.getByRole('heading', { name: 'Schlüssel' }).waitFor();
            await tab.evaluate(() => {
                document.querySelector('latchkey-keys').strings = { create: 'Neu', roll: 'Erneuern {name}' };
            });
            await button(tab, 'Neu').waitFor();
            await button(tab, 'Erneuern {name} “API”').waitFor();
            await tab.getByRole('heading', { name: 'Schlüssel' }).waitFor();
            assert.match(await tab.locator('small').textContent(), /^in 30 Tagen$/);
        },
        { prepare: () => issued('API'), attributes: `lang="de" strings='{"title":"Schlüssel"}'` },
    );
});

describe('a page of the portal', () => {
    onPage('may add headers by a fetch of its own, and say where the router is', async (tab) => {
        const sent = tab.waitForRequest((request) => request.url().endsWith('/elsewhere/keys?limit=25'));
        await tab.route('**/elsewhere/*', (route) => route.fulfill({ json: { keys: [], cursor: null } }));
        await tab.evaluate(() => {
            const element = document.createElement('latchkey-keys');
            element.base = '/elsewhere/';
            element.fetch = (url, init) =>
                fetch(url, { ...init, headers: { ...init.headers, authorization: 'Bearer x' } });
            document.querySelector('latchkey-keys').replaceWith(element);
        });
        assert.equal((await sent).headers().authorization, 'Bearer x');
        await tab.getByText('No keys yet').waitFor();
    });

    onPage(
        'may force light in a dark system',
        async (tab) => {
            const ground = await tab.locator('.card').evaluate((card) => getComputedStyle(card).backgroundColor);
            assert.equal(ground, 'rgb(255, 255, 255)');
        },
        { attributes: 'theme="light"', colorScheme: 'dark' },
    );

    onPage(
        'may force dark in a light system, and has colours of its own',
        async (tab) => {
            await tab.addStyleTag({ url: '/style.css' });
            const ground = () => tab.locator('.card').evaluate((card) => getComputedStyle(card).backgroundColor);
            assert.equal(await ground(), 'rgb(26, 28, 32)');
            await tab.evaluate(() => {
                document.querySelector('latchkey-keys').style.setProperty('--latchkey-surface', 'rgb(1, 2, 3)');
            });
            assert.equal(await ground(), 'rgb(1, 2, 3)');
        },
        { attributes: 'theme="dark"' },
    );
});

describe('everybody can use it', () => {
    function some() {
        const old = issued('Old server', { expiresIn: '20d' });
        issueKey.revokeApiKey({ customerId: customer, keyId: old.keyId });
        issued('Nightly import', { expiresIn: '2d' });
        const partner = issued('Partner');
        issueKey.suspendApiKey({ customerId: customer, keyId: partner.keyId });
        issued(undefined, { expiresIn: '7d' });
        const { keyId } = issued('Production');
        issueKey.rollApiKey({ customerId: customer, keyId });
    }

    for (const [name, options] of Object.entries({
        light: {},
        dark: { colorScheme: 'dark' },
        phone: { viewport: { width: 390, height: 844 } },
        narrow: { viewport: { width: 320, height: 640 } },
    })) {
        onPage(
            `it fits the screen and is accessible: ${name}`,
            async (tab) => {
                const check = async (what) => {
                    await tab.screenshot({
                        path: `${SCREENSHOTS}/keys-${name}-${what}.png`,
                        fullPage: what === 'list',
                    });
                    assert.deepEqual(await accessibilityProblems(tab), [], what);
                    const [needed, there] = await tab.evaluate(() => [
                        document.documentElement.scrollWidth,
                        innerWidth,
                    ]);
                    assert.ok(needed <= there, `${what}: ${needed} px in ${there}`);
                };
                await check('list');
                for (const action of ['Rename', 'Roll', 'Revoke']) {
                    await button(tab, `${action} “Nightly import”`).click();
                    await check(action.toLowerCase());
                    await press(tab, 'Cancel');
                }
                await create(tab, 'CI');
                await check('key');
                await press(tab, 'Done');
                await check('not-copied');
                await press(tab, 'Close without copying');
                await tab.route('**/latchkey/keys?*', (route) => route.fulfill({ status: 500, json: {} }));
                await tab.evaluate(() => document.querySelector('latchkey-keys').refresh());
                await check('failed');
            },
            { prepare: some, attributes: 'suspend', ...options },
        );
    }

    onPage(
        'the empty page is accessible in the dark',
        async (tab) => {
            await tab.screenshot({ path: `${SCREENSHOTS}/keys-dark-empty.png` });
            assert.deepEqual(await accessibilityProblems(tab), []);
        },
        { colorScheme: 'dark' },
    );

    onPage(
        'all is done by keyboard alone',
        async (tab) => {
            const tabTo = async (label) => {
                for (let tabs = 0; tabs < 20; tabs++) {
                    await tab.keyboard.press('Tab');
                    if ((await focused(tab)) === label) {
                        return;
                    }
                }
                assert.fail(`${label} is not reached by Tab`);
            };
            await tabTo('header-create');
            await tab.keyboard.press('Enter');
            await tab.keyboard.type('Typed');
            await tab.keyboard.press('Enter');
            await button(tab, 'Copy key').waitFor();
            await tab.keyboard.press('Shift+Tab');
            await tab.keyboard.press('Enter');
            await tab.keyboard.press('Enter');
            await closed(tab);
            assert.equal(await focusedRow(tab), 'Typed');
            await tabTo('Roll “Typed”');
            await tab.keyboard.press('Space');
            await tab.keyboard.press('ArrowDown');
            assert.equal(await tab.getByRole('radio', { name: '7 days' }).isChecked(), true);
            await tab.keyboard.press('Escape');
            await closed(tab);
            assert.equal(await focused(tab), 'Roll “Typed”');
            await tabTo('Revoke “Typed”');
            await tab.keyboard.press('Enter');
            await tab.keyboard.press('Tab');
            await tab.keyboard.press('Enter');
            await closed(tab);
            assert.deepEqual((await rows(tab))[0], ['Typed', 'Revoked']);
        },
        { prepare: () => issued('Other') },
    );

    onPage(
        'nothing moves for those who asked for that',
        async (tab) => {
            const moving = await tab.evaluate(() =>
                [...document.querySelector('latchkey-keys').shadowRoot.querySelectorAll('*')].filter(
                    (one) => getComputedStyle(one).transitionDuration !== '0s',
                ),
            );
            assert.deepEqual(moving, []);
        },
        { prepare: () => issued('API'), reducedMotion: 'reduce' },
    );
});

it('it can be imported where there is no page, as when pages are made on a server', async () => {
    const { LatchkeyKeys, STRINGS } = await import('latchkey-portal-plugin/latchkey-keys.js');
    assert.equal(typeof LatchkeyKeys, 'function');
    assert.equal(STRINGS.title, 'API keys');
});
