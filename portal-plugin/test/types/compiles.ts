import latchkey = require('latchkey-portal-plugin');
import { LatchkeyClient, LatchkeyError, LatchkeyProvisioningPlugin, keysRouter } from 'latchkey-portal-plugin';

interface PortalRequest {
    user?: { stripeId: string; email: string };
}

export async function everything(client: LatchkeyClient, plugin: LatchkeyProvisioningPlugin): Promise<string[]> {
    const { apikey, keyId } = await client.createApiKey({
        customerId: 'cus_1',
        email: 'a@b.co',
        name: 'CI',
        scopes: ['read'],
        plan: 'gold',
        metadata: { team: 'a' },
        expiresIn: '30d',
    });
    const page = await plugin.listApiKeys({ customerId: 'cus_1', limit: 10 });
    const cursor: string | null = page.cursor;
    const rolled = await client.rollApiKey({ customerId: 'cus_1', keyId, grace: 3600 });
    await client.updateApiKey({ customerId: 'cus_1', keyId, name: null });
    await client.revokeApiKey({ apikey });
    const { effectiveFrom } = await client.revokeApiKey({ customerId: 'cus_1', keyId });
    const { issuedUntil } = await plugin.revokeCustomer({ customerId: 'cus_1' });
    const key: string = await plugin.createApiKey('cus_1', 'a@b.co', { name: 'CI' });
    const asBefore: string = await new latchkey.JwtProvisioningPlugin(process.env).createApiKey('cus_1', 'a@b.co');
    return [key, asBefore, rolled.previousEndsAt, effectiveFrom, issuedUntil, cursor ?? '', page.keys[0].status];
}

export const router = keysRouter<PortalRequest>({
    customer: async ({ user }) => user && { customerId: user.stripeId, email: user.email, scopes: ['read'] },
    client: new LatchkeyProvisioningPlugin(),
    suspend: true,
    onError: (error) => error instanceof LatchkeyError && console.error(error.code, error.status),
});

declare const process: { env: Record<string, string | undefined> };
