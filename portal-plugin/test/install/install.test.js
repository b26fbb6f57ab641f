'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { after, before, it } = require('node:test');
const dotenv = require('dotenv');
const { ways } = require('../local');
const { OWN_PLUGINS, Portal } = require('../portal');

const root = path.join(__dirname, '../..');
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:IssueKeyFunction';
const steps = [...fs.readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/```bash\n([^]*?)```/g)];

/** The commands of the README that hold a text. */
function commands(text) {
    const found = steps.map(([, block]) => block).filter((block) => block.includes(text));
    assert.equal(found.length, 1, text);
    return found[0];
}

let folder;
let portal;

function run(script, cwd) {
    execFileSync('bash', ['-euc', script], {
        cwd,
        env: { ...process.env, PORTAL: path.join(folder, 'portal'), ISSUE_KEY_ARN: ARN, npm_config_audit: 'false' },
        stdio: 'pipe',
    });
}

function commitAll() {
    run('git add . && git -c user.name=p -c user.email=p@example.com commit --quiet --message portal', portal);
}

/** A clone of the portal's checkout, with what its package-lock.json names, and the `.env` that is in no repository. */
function cloned() {
    const clone = path.join(folder, 'clone', 'my-dev-portal-api');
    run('rm -rf clone && git clone --quiet portal clone', folder);
    run('npm ci --silent', clone);
    fs.copyFileSync(path.join(portal, '.env'), path.join(clone, '.env'));
    return clone;
}

/** What the portal in this folder has for a plugin, with the variables of its `.env`. */
function started(clone) {
    const variables = { ...dotenv.parse(fs.readFileSync(path.join(clone, '.env'))), ...ways['Lambda invoke'] };
    const { PLUGIN_LATCHKEY_FUNCTION: name } = dotenv.parse(fs.readFileSync(path.join(clone, '.env')));
    Object.assign(process.env, variables, { PLUGIN_LATCHKEY_FUNCTION: name });
    return new Portal(variables, createRequire(path.join(clone, 'app.js')));
}

/** A checkout of the portal as it ships: no line break at the end of `.env`, and packed packages are ignored. */
before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-install-'));
    portal = path.join(folder, 'portal', 'my-dev-portal-api');
    fs.mkdirSync(portal, { recursive: true });
    fs.writeFileSync(path.join(portal, 'package.json'), '{"name": "my-dev-portal-api", "version": "1.0.0"}\n');
    fs.writeFileSync(path.join(portal, '.gitignore'), 'node_modules\n.env\n*.tgz\n');
    fs.writeFileSync(path.join(portal, '.env'), 'PLUGIN_APIM_PROVIDER="jwt"\nPLUGIN_JWT_EXPIRES_IN=30d');
    run('git init --quiet', path.dirname(portal));
    commitAll();
    run(commands('npm pack'), path.dirname(root));
});

after(() => fs.rmSync(folder, { recursive: true }));

it('the steps of the README lead to a portal that issues keys, in a clone of its repository, too', async () => {
    run(commands('git add --force'), portal);
    run(commands('printf'), portal);
    commitAll();
    const it = started(cloned());
    assert.equal((await it.createKey('cus_1', 'a@b.co')).status, 200);
    assert.deepEqual(it.log, []);
    assert.equal(it.plugin.slug, 'latchkey');
    assert.match(fs.readFileSync(path.join(portal, '.env'), 'utf8'), /^PLUGIN_JWT_EXPIRES_IN=30d$/m);
});

it("the package in the JWT plugin's place does, too", async () => {
    run(commands('dev-portal-jwt-plugin'), portal);
    commitAll();
    run(`printf '%s\\n' 'PLUGIN_APIM_PROVIDER="jwt"' >> .env`, portal);
    const it = started(cloned());
    assert.equal((await it.createKey('cus_1', 'a@b.co')).status, 200);
    assert.equal(it.plugin.slug, 'latchkey');
});

it('the same command with the name of any other of its plugins does, too', async () => {
    const install = commands('dev-portal-jwt-plugin');
    for (const provider of ['kong', 'konnect', 'tyk', 'auth0-m2m']) {
        run(install.replace('dev-portal-jwt-plugin', OWN_PLUGINS[provider].packageName), portal);
    }
    commitAll();
    const clone = cloned();
    for (const [provider, token] of [['kong', ''], ['kong', 'any'], ['tyk', ''], ['auth0-m2m', '']]) {
        const lines = `\nPLUGIN_APIM_PROVIDER="${provider}"\nKONNECT_PAT="${token}"`;
        fs.appendFileSync(path.join(clone, '.env'), lines);
        const it = started(clone);
        assert.equal((await it.createKey('cus_1', 'a@b.co')).status, 200, provider);
        assert.equal(it.plugin.slug, 'latchkey');
    }
});
