import { LatchkeyKeys, STRINGS } from 'latchkey-portal-plugin/latchkey-keys.js';

export function page(): LatchkeyKeys {
    const element = document.createElement('latchkey-keys');
    element.base = '/latchkey';
    element.strings = { ...STRINGS, title: 'Keys' };
    element.fetch = (url, init) => fetch(url, { ...init, credentials: 'include' });
    element.addEventListener('latchkey-revoked', (event) => console.log(event.detail.keyId));
    element.addEventListener('click', () => element.refresh());
    return element;
}
