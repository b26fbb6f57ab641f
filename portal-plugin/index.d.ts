/** Where a key stands. One that has expired is told by `expiresAt`, not by this. */
export type KeyStatus = 'valid' | 'suspended' | 'revoked';

/** Seconds, or a text such as `30d`, `12h`, `90m`. */
export type Lifetime = number | string;

/** What is known of an API key; never the key itself. Times are ISO 8601 in UTC. */
export interface KeyRecord {
    keyId: string;
    customerId: string;
    name: string | null;
    createdAt: string;
    /** Null for a key that does not expire. */
    expiresAt: string | null;
    status: KeyStatus;
    /** When a rolled key ends. */
    endsAt: string | null;
    scopes: string[];
    plan: string | null;
    metadata: Record<string, string>;
    rolledFrom: string | null;
    rolledInto: string | null;
    /** Who asked for it, such as the portal's role. */
    createdBy: string;
}

/** A record, and from when on no door goes by what was before. */
export interface ChangedKey extends KeyRecord {
    effectiveFrom: string;
}

/** A key that was just issued; the only answer that holds the key. Without key records it has the first four only. */
export interface IssuedKey extends Partial<Omit<KeyRecord, 'keyId' | 'expiresAt'>> {
    /** The API key, to be shown once. */
    apikey: string;
    keyId: string;
    /** Not there for a key that does not expire. */
    expiresAt?: string;
    /** Whether the idempotency key gives the same key again, where one was sent. */
    idempotent?: boolean;
}

/** A key that was issued in the place of another. */
export interface RolledKey extends IssuedKey {
    rolledFrom: string;
    /** When the key before ends. */
    previousEndsAt: string;
}

export interface KeyPage {
    /** Newest first. */
    keys: KeyRecord[];
    /** For the next page; null at the end. */
    cursor: string | null;
}

export interface RevokedCustomer {
    customerId: string;
    /** Keys that were issued until then are revoked. */
    issuedUntil: string;
    effectiveFrom: string;
}

export interface User {
    id: string;
    username: string;
    email: string;
    billing_customer_id: string;
    billing_subscription_id?: string | null;
    [more: string]: unknown;
}

/** What a key may be given when it is created; scopes, plan and lifetime within what the operator allows. */
export interface KeyOptions {
    name?: string;
    scopes?: string[];
    plan?: string;
    metadata?: Record<string, string>;
    expiresIn?: Lifetime;
    subscriptionId?: string;
    /** The same one gives the same key for 24 hours; by default each call has its own. */
    idempotencyKey?: string;
}

/** A key of a customer. */
export interface KeyOfCustomer {
    customerId: string;
    keyId: string;
}

export interface CreateApiKey extends KeyOptions {
    customerId: string;
    email: string;
}

export interface ListApiKeys {
    customerId: string;
    /** 1 to 100; 25 by default. */
    limit?: number;
    /** Of the page before. */
    cursor?: string;
}

export interface UpdateApiKey extends KeyOfCustomer {
    /** Null takes the name away. */
    name?: string | null;
    /** Null takes all of it away. */
    metadata?: Record<string, string> | null;
}

export interface RollApiKey extends KeyOfCustomer {
    email?: string;
    /** How long the key before still works: 0 to 30 days, `24h` by default. */
    grace?: Lifetime;
    idempotencyKey?: string;
}

/** By its id, or, whoever holds it, by its own text. */
export type RevokeApiKey = KeyOfCustomer | { apikey: string };

/** Variables by name, such as `process.env`. */
export type Environment = Record<string, string | undefined>;

/** issue-key's operations on keys. Every method rejects with a {@link LatchkeyError}. */
export interface KeyOperations {
    listApiKeys(fields: ListApiKeys): Promise<KeyPage>;
    getApiKey(fields: KeyOfCustomer): Promise<KeyRecord>;
    updateApiKey(fields: UpdateApiKey): Promise<KeyRecord>;
    suspendApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    resumeApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    revokeApiKey(fields: RevokeApiKey): Promise<ChangedKey>;
    rollApiKey(fields: RollApiKey): Promise<RolledKey>;
    revokeCustomer(fields: { customerId: string }): Promise<RevokedCustomer>;
}

/** issue-key by Lambda invoke or over HTTPS. */
export class LatchkeyClient implements KeyOperations {
    /**
     * Reads and checks the settings; connects to nothing.
     *
     * @param environment variables to read instead of the process's
     * @throws {LatchkeyError} with code `invalid_settings`
     */
    constructor(environment?: Environment);

    createApiKey(fields: CreateApiKey): Promise<IssuedKey>;
    listApiKeys(fields: ListApiKeys): Promise<KeyPage>;
    getApiKey(fields: KeyOfCustomer): Promise<KeyRecord>;
    updateApiKey(fields: UpdateApiKey): Promise<KeyRecord>;
    suspendApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    resumeApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    revokeApiKey(fields: RevokeApiKey): Promise<ChangedKey>;
    rollApiKey(fields: RollApiKey): Promise<RolledKey>;
    revokeCustomer(fields: { customerId: string }): Promise<RevokedCustomer>;
    getUser(fields: { customerId: string; email: string }): Promise<User>;
    provisionUser(fields: { customerId: string; email: string; subscriptionId?: string }): Promise<User>;
}

/** The provisioning plugin of the Moesif Developer Portal. */
export class LatchkeyProvisioningPlugin implements KeyOperations {
    /** As for {@link LatchkeyClient}. */
    constructor(environment?: Environment);

    readonly slug: string;
    /** The same operations for others than the portal. */
    readonly client: LatchkeyClient;

    getUser(customerId: string, email: string): Promise<User>;
    provisionUser(customerId: string, email: string, subscriptionId?: string | number | null): Promise<User>;
    /** Issues a key, and gives the key alone. */
    createApiKey(customerId: string, email: string, options?: KeyOptions): Promise<string>;
    listApiKeys(fields: ListApiKeys): Promise<KeyPage>;
    getApiKey(fields: KeyOfCustomer): Promise<KeyRecord>;
    updateApiKey(fields: UpdateApiKey): Promise<KeyRecord>;
    suspendApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    resumeApiKey(fields: KeyOfCustomer): Promise<ChangedKey>;
    revokeApiKey(fields: RevokeApiKey): Promise<ChangedKey>;
    rollApiKey(fields: RollApiKey): Promise<RolledKey>;
    revokeCustomer(fields: { customerId: string }): Promise<RevokedCustomer>;
    /** A variable by its name, else by its name without `PLUGIN_` in front. */
    getConfig(name: string): string | undefined;
}

/** The plugin under the names of the portal's own plugins, in whose place the package can be installed. */
export {
    LatchkeyProvisioningPlugin as JwtProvisioningPlugin,
    LatchkeyProvisioningPlugin as KongProvisioningPlugin,
    LatchkeyProvisioningPlugin as KonnectProvisioningPlugin,
    LatchkeyProvisioningPlugin as TykProvisioningPlugin,
    LatchkeyProvisioningPlugin as Auth0M2MProvisioningPlugin,
};

/** Why a call failed. */
export class LatchkeyError extends Error {
    private constructor();

    readonly name: 'LatchkeyError';
    /** What kind of failure it is: issue-key's own code, or one that the README lists. */
    readonly code: string;
    /** The HTTP status, where there is one. */
    readonly status?: number;
    /** The request to look for in issue-key's log. */
    readonly requestId?: string;
    /** The message where issue-key wrote it for callers, without the action's name. */
    readonly forCustomers: string | undefined;
}

/** Who is signed in, and what the keys that they create are given. */
export interface SessionCustomer extends Pick<KeyOptions, 'scopes' | 'plan' | 'metadata' | 'subscriptionId'> {
    customerId: string;
    /** Needed where keys are created or rolled. */
    email?: string;
}

export interface KeysRouterOptions<Request = any> {
    /** From the session of a request; undefined where nobody is signed in, which is answered 401. */
    customer(request: Request): SessionCustomer | null | undefined | Promise<SessionCustomer | null | undefined>;
    /** By default a new client, with the settings of the process. */
    client?: LatchkeyClient | LatchkeyProvisioningPlugin;
    /** Whether customers may suspend and resume their keys; false by default. */
    suspend?: boolean;
    /** Other origins whose pages may call, such as `https://portal.example.com`. */
    origins?: string[];
    /** Told of failures that are not the customer's; prints them by default. */
    onError?(error: unknown, request: Request): void;
}

/** Anything that takes `(request, response, next)`, such as Express 4 and 5. */
export type RequestHandler = (request: any, response: any, next?: (error?: unknown) => void) => void;

/**
 * A router by which a signed-in customer sees and changes the own keys, to be mounted behind the portal's own
 * authentication. It also serves `latchkey-keys.js`, the element that draws the page.
 *
 * @throws {TypeError} if an option is unknown or of the wrong type
 */
export function keysRouter<Request = any>(options: KeysRouterOptions<Request>): RequestHandler;
