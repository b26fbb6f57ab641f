'use strict';

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { it } = require('node:test');
const { promisify } = require('node:util');
const { ways } = require('./local');

const root = path.join(__dirname, '..');
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const folder = (name) => fs.readdirSync(path.join(root, name)).map((file) => `${name}/${file}`);
const library = folder('lib');
const code = library.map(read).join('');

/** What issue-key answers with by itself, beside `internal_error`. */
const OWN_CODES = ['invalid_request', 'unauthenticated', 'not_found', 'conflict', 'not_implemented'];

for (const [way, variables] of Object.entries(ways)) {
    it(`a process that issues a key by ${way} ends by itself and prints nothing of its own`, async () => {
        const script =
            `const { LatchkeyProvisioningPlugin } = require(${JSON.stringify(root)});` +
            "new LatchkeyProvisioningPlugin().createApiKey('cus_1', 'a@b.co').then((key) => console.log(key.slice(0, 3)));";
        // The AWS SDK warns of Node.js 18 once per process.
        const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--no-warnings', '--eval', script], {
            env: { ...process.env, ...variables, PLUGIN_LATCHKEY_TIMEOUT: '60000' },
            timeout: 25_000,
        });
        assert.equal(stdout, 'eyJ\n');
        assert.equal(stderr, '');
    });
}

it('nothing of the AWS SDK is loaded before it is needed', async () => {
    const script =
        `const { LatchkeyProvisioningPlugin } = require(${JSON.stringify(root)}); new LatchkeyProvisioningPlugin();` +
        "console.log(Object.keys(require.cache).filter((file) => file.includes('node_modules')).length);";
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script], {
        env: { ...process.env, ...ways.HTTPS },
    });
    assert.equal(stdout, '0\n');
});

it('the package holds what is needed to run it, and no more', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], { cwd: root });
    const [{ files }] = JSON.parse(stdout);
    assert.deepEqual(
        files.map((file) => file.path).sort(),
        [
            ...['LICENSE', 'README.md', 'index.d.ts', 'index.js', 'package.json'],
            ...library,
            ...folder('element'),
            ...folder('docs'),
        ].sort(),
    );
});

it('each of its exports is there, with its types', () => {
    const exported = JSON.parse(read('package.json')).exports;
    assert.deepEqual(Object.keys(exported), ['.', './latchkey-keys.js', './package.json']);
    for (const name of Object.values(exported).flatMap((to) => (typeof to === 'string' ? [to] : Object.values(to)))) {
        assert.ok(fs.existsSync(path.join(root, name)), name);
    }
    assert.equal(require('latchkey-portal-plugin/package.json').name, 'latchkey-portal-plugin');
    assert.equal(require('latchkey-portal-plugin'), require('..'));
    assert.throws(() => require('latchkey-portal-plugin/lib/client'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
});

it("the page's element needs nothing else", () => {
    assert.doesNotMatch(read('element/latchkey-keys.js'), /^import |\bimport\(|innerHTML|\beval\b|new Function/m);
});

it('the picture of the README is small', () => {
    assert.match(read('README.md'), /!\[[^\]]+\]\(docs\/keys\.png\)/);
    assert.ok(fs.statSync(path.join(root, 'docs/keys.png')).size < 150 * 1024);
});

it("the portal's owner can update what it depends on", () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    for (const version of Object.values(dependencies)) {
        assert.match(version, /^\^\d+\.\d+\.\d+$/);
    }
    for (const version of Object.values(devDependencies)) {
        assert.match(version, /^(npm:[a-z]+@)?\d+\.\d+\.\d+$/);
    }
});

it('its license is the one of the checkout', () => {
    assert.equal(read('LICENSE'), read('../LICENSE'));
});

it('the README lists exactly the variables in the code', () => {
    const names = (pattern, text) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
    assert.deepEqual(names(/^\| `(PLUGIN_[A-Z_]+)` \|/gm, read('README.md')), names(/'(PLUGIN_[A-Z_]+)'/g, code));
});

it("the README lists exactly the codes that are not issue-key's own", () => {
    const [, codes] = read('README.md').split('| code | meaning |');
    const listed = [...codes.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name);
    const clients = library.filter((name) => !name.startsWith('lib/router')).map(read);
    const given = clients.join('').match(/(?<=')[a-z]+(?:_[a-z]+)+(?=')|(?<=')(?:throttled|unreachable|unavailable|timeout)(?=')/g);
    const others = [...new Set(given)].filter((name) => !OWN_CODES.includes(name));
    assert.deepEqual(others.sort(), listed.sort());
});

it("the README lists the element's attributes and events", () => {
    const source = read('element/latchkey-keys.js');
    const attributes = [...source.matchAll(/(?:this\.getAttribute|this\.hasAttribute|#lifetimes)\('([a-z-]+)'/g)].map(
        ([, name]) => name,
    );
    const events = [...read('element/latchkey-keys.d.ts').matchAll(/^ +'(latchkey-[a-z]+)': Custom/gm)].map(
        ([, name]) => name,
    );
    for (const name of [...attributes, ...events]) {
        assert.ok(read('README.md').includes(`\`${name}\``), name);
    }
    assert.ok(attributes.length > 5 && events.length > 5);
});
