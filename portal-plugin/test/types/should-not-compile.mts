import { LatchkeyClient, LatchkeyError, LatchkeyProvisioningPlugin, keysRouter } from 'latchkey-portal-plugin';
import 'latchkey-portal-plugin/latchkey-keys.js';

declare const client: LatchkeyClient;
declare const plugin: LatchkeyProvisioningPlugin;

client.createApiKey({ customerId: 'cus_1' });
client.createApiKey({ customerId: 'cus_1', email: 'a@b.co', scopes: 'read' });
client.createApiKey({ customerId: 'cus_1', email: 'a@b.co', metadata: { seats: 7 } });
client.listApiKeys({ limit: 10 });
client.listApiKeys({ customerId: 'cus_1', limit: '10' });
client.getApiKey({ keyId: 'k1' });
client.revokeApiKey({ keyId: 'k1' });
client.rollApiKey({ customerId: 'cus_1', keyId: 'k1', grace: true });
client.updateApiKey({ customerId: 'cus_1', keyId: 'k1', status: 'revoked' });
plugin.createApiKey({ customerId: 'cus_1', email: 'a@b.co' });
plugin.createApiKey('cus_1', 'a@b.co').then(({ apikey }) => apikey);
client.getApiKey({ customerId: 'cus_1', keyId: 'k1' }).then(({ apikey }) => apikey);
keysRouter({});
keysRouter({ customer: () => 'cus_1' });
keysRouter({ customer: () => ({ customerId: 7 }) });
keysRouter({ customer: () => undefined, suspended: true });
new LatchkeyError('a', 'b', 'c');
document.createElement('latchkey-keys').base = 7;
document.createElement('latchkey-keys').addEventListener('latchkey-revoked', (event) => event.detail.apikey);
