'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createInterface } = require('node:readline');
const { after, before, describe, it } = require('node:test');
const latchkey = require('..');
const { apiUrl, ways } = require('./local');
const { OWN_PLUGINS } = require('./portal');

const PROVIDERS = ['jwt', 'aws', 'Kong', 'kong with KONNECT_PAT', 'Tyk', 'auth0-m2m'];

/** The portal's folder, with this package installed in the place of each of its own plugins. */
let folder;

before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-providers-'));
    fs.mkdirSync(path.join(folder, 'node_modules'));
    for (const name of new Set(Object.values(OWN_PLUGINS).map(({ packageName }) => packageName))) {
        fs.symlinkSync(path.join(__dirname, '..'), path.join(folder, 'node_modules', name));
    }
});

after(() => fs.rmSync(folder, { recursive: true }));

/** Starts the portal with these lines in its `.env`, which ends without a line break. */
async function started(test, lines) {
    fs.writeFileSync(path.join(folder, '.env'), lines.join('\n'));
    const { PATH } = process.env;
    const portal = spawn(process.execPath, ['--no-warnings', path.join(__dirname, 'portal-app.js')], {
        cwd: folder,
        env: { PATH, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    test.after(() => portal.kill());
    const [line] = await once(createInterface(portal.stdout), 'line');
    const [, port] = /^listening on (\d+)$/.exec(line);
    return (route, body) =>
        fetch(`http://127.0.0.1:${port}${route}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
        });
}

/** What a portal with this provider has in its `.env`, beside the variables of this package. */
function lines(provider) {
    const [name, withToken] = provider.split(' with ');
    return [`PLUGIN_APIM_PROVIDER="${name}"`, ...(withToken ? [`${withToken}="kpat_unused"`] : [])];
}

describe('a portal whose own plugin this package takes the place of', () => {
    for (const provider of PROVIDERS) {
        it(`provisions a customer and issues a key with the provider ${provider}`, async (test) => {
            const variables = Object.entries(ways['Lambda invoke']).map(([name, value]) => `${name}="${value}"`);
            const post = await started(test, [...lines(provider), ...variables, 'PLUGIN_LATCHKEY_TIMEOUT=60000']);
            const customer = { stripeCustomerId: 'cus_1', email: 'a@b.co' };
            assert.equal((await post('/register', { ...customer, subscriptionId: 'sub_1' })).status, 201);
            const answer = await post('/create-key', customer);
            assert.equal(answer.status, 200);
            const { apikey } = await answer.json();
            const orders = await fetch(`${apiUrl}/orders`, { headers: { authorization: `Bearer ${apikey}` } });
            assert.equal(orders.status, 200);
            assert.equal((await orders.json()).company, 'cus_1');
        });
    }

    it('finds a class under each name', () => {
        for (const { className } of Object.values(OWN_PLUGINS)) {
            assert.equal(latchkey[className], latchkey.LatchkeyProvisioningPlugin, className);
        }
    });

    it('is told how to install it in the place of each', () => {
        const readme = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
        for (const { packageName } of Object.values(OWN_PLUGINS)) {
            assert.ok(readme.includes(`\`${packageName}\``), packageName);
        }
    });
});
