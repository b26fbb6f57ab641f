'use strict';

const assert = require('node:assert/strict');
const { after, before, it } = require('node:test');
const { assertOpen, assertShut } = require('../doors');
const { ways } = require('../local');
const { browser, portal, visit } = require('./portal');

let chrome;
let site;

before(async () => {
    [chrome, site] = await Promise.all([browser(), portal(ways.HTTPS)]);
});
after(async () => {
    await chrome?.close();
    site?.stop();
});

it('a key that was made on the page opens both doors, and none ten seconds after it was revoked there', async () => {
    const signedIn = { customer: 'cus_page', ready: '.state, tbody' };
    const { tab, close } = await visit(chrome, site.url, signedIn);
    const dialog = tab.getByRole('dialog');
    await tab.getByRole('button', { name: 'Create key', exact: true }).click();
    await tab.getByRole('textbox', { name: 'Name' }).fill('Production');
    await dialog.getByRole('button', { name: 'Create key', exact: true }).click();
    const apikey = await tab.getByRole('region', { name: 'The new key' }).textContent();
    await assertOpen(apikey);
    await dialog.getByRole('button', { name: 'Done', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close without copying', exact: true }).click();

    await tab.getByRole('button', { name: 'Revoke “Production”' }).click();
    await dialog.getByRole('button', { name: 'Revoke key', exact: true }).click();
    await tab.getByText(/^Key “Production” revoked\. By /).waitFor();
    await assertShut(apikey);

    await tab.reload();
    await tab.locator('tbody tr').waitFor();
    assert.equal(await tab.locator('tbody .badge').textContent(), 'Revoked');
    await close();
});
