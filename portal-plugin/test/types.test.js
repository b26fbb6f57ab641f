'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { it } = require('node:test');
const ts = require('typescript');
const latchkey = require('..');

const root = path.join(__dirname, '..');

/** What the compiler finds in a file that uses the package by its name: lines with the message. */
function problems(name) {
    const program = ts.createProgram([path.join(__dirname, 'types', name)], {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Node16,
        moduleResolution: ts.ModuleResolutionKind.Node16,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: [],
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => ({
        file: path.basename(file?.fileName ?? ''),
        line: file ? file.getLineAndCharacterOfPosition(start).line : -1,
        text: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
}

it("what is right compiles, by the package's own name", () => {
    assert.deepEqual([...problems('compiles.ts'), ...problems('page.mts')], []);
});

it('each wrong line does not', () => {
    const name = 'should-not-compile.mts';
    const lines = fs.readFileSync(path.join(__dirname, 'types', name), 'utf8').split('\n');
    const calls = lines.flatMap((text, line) => (/^(import|declare|$)/.test(text) ? [] : [line]));
    const refused = problems(name).map(({ file, line }) => (file === name ? line : -1));
    assert.ok(calls.length > 10);
    assert.deepEqual(
        [...new Set(refused)].sort((a, b) => a - b),
        calls,
    );
});

it('the types name what the package exports, and each method of its classes', () => {
    const program = ts.createProgram([path.join(root, 'index.d.ts')], { types: [] });
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(path.join(root, 'index.d.ts')));
    const values = checker.getExportsOfModule(module).filter((symbol) => {
        const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        return target.flags & ts.SymbolFlags.Value;
    });
    assert.deepEqual(values.map((symbol) => symbol.name).sort(), Object.keys(latchkey).sort());
    for (const name of ['LatchkeyClient', 'LatchkeyProvisioningPlugin']) {
        const typed = [...values.find((symbol) => symbol.name === name).members.values()]
            .filter((member) => member.flags & ts.SymbolFlags.Method)
            .map((member) => member.name);
        const own = Object.getOwnPropertyNames(latchkey[name].prototype).filter((method) => method !== 'constructor');
        assert.deepEqual(typed.sort(), own.sort(), name);
    }
});
