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
const library = fs.readdirSync(path.join(root, 'lib')).map((name) => `lib/${name}`);
const code = library.map(read).join('');

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
        ['LICENSE', 'README.md', 'index.js', 'package.json', ...library].sort(),
    );
});

it('its dependencies are exact versions', () => {
    for (const version of Object.values(JSON.parse(read('package.json')).dependencies)) {
        assert.match(version, /^\d+\.\d+\.\d+$/);
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
    const listed = [...read('README.md').matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name);
    const given = code.match(/(?<=')[a-z]+(?:_[a-z]+)+(?=')|(?<=')(?:throttled|unreachable|timeout)(?=')/g);
    assert.deepEqual([...new Set(given)].sort(), listed.sort());
});
